#!/usr/bin/env bash
# A broker, an HDFS and Flume agents to play with: see ./testbed.sh --help.
exec "$(dirname "${BASH_SOURCE[0]}")/testbed/run" built testbed io.flafka.testbed.command.TestbedCommand "$@"
