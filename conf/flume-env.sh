# Read by flume-ng before it starts the agent. Without this file an agent has a heap of 20 MB
# (-Xmx20m), in which Kafka's client and HDFS's run out of memory at the first load.
#
# 256 MB are enough, with less pace: what a batch of 50,000 events holds should fit several times
# into the part of the heap that is for what is new, or the collector copies it over and over. The
# parallel collector takes less of the processor for it than G1 (docs/performance.md).
export JAVA_OPTS="-Xms256m -Xmx1g -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError"

# Without a locale (systemd gives none) Java can't name files whose names are not ASCII.
export LC_ALL="${LC_ALL:-C.UTF-8}"

# Where Hadoop is installed, flume-ng asks `$HADOOP_HOME/bin/hadoop classpath`. Elsewhere, install
# the tarball -plugins-with-hadoop.
# export HADOOP_HOME=/opt/hadoop
