#!/bin/sh
# Accounts, settings and keychain items are the users' own and stay. So does an autostart file: the desktop passes over
# one whose program is gone (TryExec).
exit 0
