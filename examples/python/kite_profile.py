"""Prints whose account it is. Run it with: python3 kite_profile.py zerodha-main"""

import json
import os
import subprocess
import sys

from kiteconnect import KiteConnect


def ask_tokentray(account):
    """The API key and an access token that works, by Kite's names for them."""
    # --login keeps the token at hand while Kite still takes it, and else logs in. What TokenTray has to say goes to
    # stderr, which is let through; so are its questions, at a terminal.
    asked = subprocess.run(
        ["tokentray", "token", account, "--login", "--format", "json"],
        stdout=subprocess.PIPE,
        text=True,
        # On Windows the command is a .cmd file, which only a shell can start.
        shell=os.name == "nt",
    )
    if asked.returncode != 0:
        # 4: the network or the broker is down, so trying again later is safe. 3 and the others need you: don't try
        # again by yourself. TokenTray has said why.
        sys.exit(asked.returncode)
    return json.loads(asked.stdout)


def main():
    account = sys.argv[1] if len(sys.argv) > 1 else "zerodha-main"
    token = ask_tokentray(account)
    kite = KiteConnect(
        api_key=token["api_key"],
        access_token=token["access_token"],
        # For a practice broker; None means Kite itself.
        root=os.environ.get("KITE_API_ROOT"),
    )
    profile = kite.profile()
    print(f"{profile['user_name']} ({profile['user_id']}) at {profile['broker']}")


if __name__ == "__main__":
    main()
