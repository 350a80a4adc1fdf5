# Read by flume-ng before it starts the agent. Without this file an agent has a heap of 20 MB
# (-Xmx20m), in which Kafka's client and HDFS's run out of memory at the first load.
#
# What an agent has in its heap is either gone in a second or stays: the parallel collector takes a
# sixth less of the processor for it than G1 (docs/performance.md).
export JAVA_OPTS="-Xms256m -Xmx512m -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError"

# Without a locale (systemd gives none) Java can't name files whose names are not ASCII.
export LC_ALL="${LC_ALL:-C.UTF-8}"

# Where Hadoop is installed, flume-ng asks `$HADOOP_HOME/bin/hadoop classpath`. Elsewhere, install
# the tarball -plugins-with-hadoop.
# export HADOOP_HOME=/opt/hadoop
