#!/usr/bin/env bash
# Kills, pauses and starves a whole pipeline, and counts what arrived: see ./chaos.sh --help.
exec "$(dirname "${BASH_SOURCE[0]}")/testbed/run" build chaos io.flafka.chaos.Chaos "$@"
