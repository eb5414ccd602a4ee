#!/bin/sh
# What the tests use beyond Python: tesseract (a second OCR engine) and chromium (the browser tests). Both may be absent:
# the tests that need them are then skipped and say so.
missing=""
command -v tesseract >/dev/null 2>&1 || missing="$missing tesseract-ocr"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 && exit 0
fi
echo "For the tests that need them: sudo apt-get install$missing (without, they are skipped)"
exit 0
