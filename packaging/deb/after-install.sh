#!/bin/sh
# Where programs may not make user namespaces, Chromium's sandbox needs this helper to be root's own.
set -e
chmod 4755 /opt/TokenTray/chrome-sandbox
