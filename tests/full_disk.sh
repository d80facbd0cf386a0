#!/bin/sh
# Build a note on a small disk that is full, then read-only, then has room: full_disk.sh <folder> <project> <results>.
# Runs in a mount namespace of its own, so that nothing has to be unmounted.
set -eu
folder=$1 project=$2 results=$3

disk=$results/disk
mkdir -p "$disk"
mount -t tmpfs -o size=48m tmpfs "$disk"
cp -a "$folder" "$disk/note"
cd "$disk/note"
sed -i s/women_guards,2018,450/women_guards,2018,1230/ sources/tiny/observations.csv

build() {
    code=0
    make --no-print-directory -C "$project" note FOLDER="$disk/note" >"$results/$1.log" 2>&1 || code=$?
    echo "$code" >"$results/$1.code"
    mkdir -p "$results/$1/outputs"
    cp -a outputs/tiny "$results/$1/outputs/"
}

left=$(df --output=avail -k "$disk" | tail -n 1)
dd if=/dev/zero of="$disk/ballast" bs=1k count=$((left - 60)) status=none
build full
mount -o remount,ro "$disk"
build locked
mount -o remount,rw "$disk"
rm "$disk/ballast"
build after
