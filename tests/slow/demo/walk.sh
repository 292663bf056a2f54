#!/bin/sh
# Finds the group that has stopped, plans a reset, applies, verifies and undoes it, with nothing but the command
# line. Usage, with tidemark on the PATH: TIDEMARK_URL=http://127.0.0.1:3000 sh walk.sh
set -eu
say() { printf '\n# %s\n' "$*"; }

# Runs a command, shows it with what it prints, and ends the script if its exit code is another.
ends_with() {
  wanted=$1
  shift
  echo "\$ $*"
  code=0
  "$@" || code=$?
  echo "(exit code $code)"
  [ "$code" = "$wanted" ] || { echo "It should have been $wanted."; exit 1; }
}

# Prints these columns of CSV, by their names: a header may get new ones.
columns() {
  tr -d '\r' | awk -F, -v names="$*" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; count = split(names, name, " "); next }
    { for (i = 1; i <= count; i++) printf "%s%s", $at[name[i]], i < count ? " " : "\n" }'
}
checkpoints() { tidemark partitions "$place" -o csv | columns partitionId checkpointSequenceNumber; }
lag() { tidemark groups "$hub" -o csv | columns hub consumerGroup totalLag | sed -n "s|^$hub $group ||p"; }

# The dashboard reads the world every few seconds: asks for a minute until this holds.
within_a_minute() {
  left=60
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 1
  done
}
are_checkpoints() { [ "$(checkpoints)" = "$1" ]; }
# A group that is restarting has stopped on some partitions for a moment. The one that is sought has worked before and
# has no owner at all. Its status is not known for a while after a reset.
find_stopped() {
  place=$(tidemark groups -o csv | columns status ownedPartitions hub consumerGroup lastCheckpointAt |
    awk '($1 == "stop" || $1 == "unknown") && $2 == 0 && $5 != "" { print $3 "/" $4; exit }')
  [ -n "$place" ]
}
becomes() {
  within_a_minute are_checkpoints "$1" && return
  printf 'The checkpoints should be\n%s\nand are\n%s\n' "$1" "$(checkpoints)"
  exit 1
}

say "What is wrong?"
ends_with 0 tidemark groups
within_a_minute find_stopped || { echo "No group has stopped."; exit 1; }
hub=${place%%/*}
group=${place#*/}
ends_with 0 tidemark group "$place"
ends_with 0 tidemark owners "$place" --changes --from 10m
ends_with 0 tidemark diagnose "$hub"
ends_with 0 tidemark incidents "$place"

say "What would a reset do?"
ends_with 0 tidemark reset "$place" --to-latest
before=$(checkpoints)
lag_before=$(lag)

say "It asks for the group's name."
ends_with 2 tidemark reset "$place" --to-latest --execute
ends_with 4 tidemark reset "$place" --to-latest --execute --confirm "not-$group"
[ "$(checkpoints)" = "$before" ]

say "Apply it."
echo "\$ tidemark reset $place --to-latest --execute --confirm $group -o csv"
applied=$(tidemark reset "$place" --to-latest --execute --confirm "$group" -o csv)
echo "$applied"

say "Is it so?"
becomes "$(echo "$applied" | columns partitionId afterSequenceNumber)"
ends_with 0 tidemark partitions "$place"
lag_after=$(lag)
echo "The lag was $lag_before and is $lag_after."
[ "$lag_after" -lt "$lag_before" ]

say "And back."
ends_with 0 tidemark undo "$place"
ends_with 0 tidemark undo "$place" --execute --confirm "$group"
becomes "$before"
ends_with 0 tidemark partitions "$place"
