"""Prints whose account it is. Run it with: tokentray exec upstox-main -- python3 upstox_profile.py"""

import os
import sys

import upstox_client


def main():
    # "tokentray exec" logs in first if need be, and puts the token here for this program alone.
    token = os.environ.get("UPSTOX_ACCESS_TOKEN")
    if token is None:
        sys.exit("No token. Run it with: tokentray exec upstox-main -- python3 upstox_profile.py")
    configuration = upstox_client.Configuration()
    configuration.access_token = token
    users = upstox_client.UserApi(upstox_client.ApiClient(configuration))
    # "2.0" is the version of Upstox's API.
    profile = users.get_profile("2.0").data
    print(f"{profile.user_name} ({profile.user_id}) at {profile.broker}")


if __name__ == "__main__":
    main()
