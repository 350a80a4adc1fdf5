package io.flafka;

import org.apache.flume.Context;
import org.apache.flume.interceptor.Interceptor;
import org.jspecify.annotations.Nullable;

/** {@code type = io.flafka.WeblogInterceptor$Builder}: the time of the request, from the line. */
public final class WeblogInterceptor {
  private WeblogInterceptor() {}

  /** What Flume makes and configures. */
  public static final class Builder implements Interceptor.Builder {
    private Interceptor.@Nullable Builder builder;

    @Override
    public void configure(Context context) {
      builder =
          Isolation.create("io.flafka.weblog.WeblogInterceptor$Builder", Interceptor.Builder.class);
      builder.configure(context);
    }

    @Override
    public Interceptor build() {
      if (builder == null) {
        throw new IllegalStateException("build before configure");
      }
      return builder.build();
    }
  }
}
