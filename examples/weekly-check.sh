#!/bin/sh
# What is wrong in a group's folder, and what this week's batch would write. Nothing is written or sent.
#
#   weekly-check.sh GROUP CASE TARGET
#
# As a cron job, every Monday at seven; cron mails what it prints to whoever owns the job:
#
#   0 7 * * 1  $HOME/weekly-check.sh $HOME/my-group mustafayev prosecutor
#
# Exit status: 0 all is well; 1 something wants mending; 2 called wrongly.

set -u

if [ $# -ne 3 ]; then
    echo "usage: weekly-check.sh GROUP CASE TARGET" >&2
    exit 2
fi
group=$1 case_id=$2 target=$3
status=0

echo "== check"
appealgen check --group "$group" 2>&1 || status=1

echo "== what a batch would write"
if [ -f "$group/signers.csv" ]; then
    # A closed case, or one past its date, ends here too, and says so.
    appealgen batch --group "$group" --case "$case_id" --target "$target" --signers "$group/signers.csv" \
        --dry-run 2>&1 || status=1
else
    echo "$group/signers.csv is not there: no batch is planned"
fi

exit $status
