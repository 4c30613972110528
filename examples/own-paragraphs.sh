#!/bin/sh
# A letter for each signer who has sent a paragraph of their own.
#
#   own-paragraphs.sh CASE TARGET [PARAGRAPHS [LETTERS]]
#
# PARAGRAPHS (a folder, by default paragraphs/) holds a text file for each signer, called by the signer's name, such as
# "Ana Example.txt". Letters go into LETTERS (by default letters/), by number: a file name is no place for a name.
# Options that all letters have in common, such as the language, may stand in appealgen.toml or in APPEALGEN_LANGUAGE.

set -eu

if [ $# -lt 2 ]; then
    echo "usage: own-paragraphs.sh CASE TARGET [PARAGRAPHS [LETTERS]]" >&2
    exit 2
fi
case_id=$1 target=$2 paragraphs=${3:-paragraphs} letters=${4:-letters}
number=0

for file in "$paragraphs"/*.txt; do
    [ -f "$file" ] || { echo "$paragraphs holds no .txt" >&2; exit 1; }
    number=$((number + 1))
    name=$(basename "$file" .txt)
    appealgen write --case "$case_id" --target "$target" --name "$name" --message-file "$file" --quiet \
        --output "$letters/$(printf '%06d' "$number")-$case_id-$target.docx"
done

# How many sound like one another? One letter has nothing to be compared with.
[ "$number" -lt 2 ] || appealgen similarity "$letters"
