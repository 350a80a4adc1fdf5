#!/usr/bin/env bash
# Flafka measured beside stock Flume: see ./bench.sh --help.
exec "$(dirname "${BASH_SOURCE[0]}")/testbed/run" build bench io.flafka.bench.Bench "$@"
