package dev.milvuso.server.http;

import dev.milvuso.config.ServerConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;

/** Listens, and hands requests to their routes. */
public final class HttpServer implements AutoCloseable {
    private static final String ROUTE = "route";

    private final Javalin javalin;
    private final ServerConfig config;
    private final MeterRegistry metrics;

    public HttpServer(ServerConfig config, Routes routes, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        this.javalin = Javalin.create(settings -> configure(settings, routes.all()));
    }

    private void configure(JavalinConfig settings, List<Route> routes) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.http.prefer405over404 = true;
        settings.http.maxRequestSize = config.maxBodyBytes();
        settings.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(16384);
            http.setSendServerVersion(false);
            // An id may hold a slash or a percent sign; encoded, it is no path.
            http.setUriCompliance(UriCompliance.UNSAFE);
        });
        settings.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        settings.requestLogger.http(this::measure);
        for (Route route : routes) {
            add(settings, route.method(), route);
            if (route.method().equals(HandlerType.GET)) {
                add(settings, HandlerType.HEAD, route);
            }
        }
        // Javalin answers its own refusals itself unless they are named here.
        settings.routes.exception(HttpResponseException.class, (failure, context) -> Answers.failure(context, failure));
        settings.routes.exception(Exception.class, (failure, context) -> Answers.failure(context, failure));
    }

    private static void add(JavalinConfig settings, HandlerType method, Route route) {
        settings.routes.addHttpHandler(method, route.path(), context -> {
            context.attribute(ROUTE, route.path());
            context.header("X-Content-Type-Options", "nosniff");
            route.handler().handle(context);
        });
    }

    private void measure(Context context, float millis) {
        String route = context.attribute(ROUTE);
        Timer.builder("milvuso.http.server.requests")
                .publishPercentileHistogram()
                .tag("method", context.method().name())
                .tag(ROUTE, route == null ? "none" : route)
                .tag("status", String.valueOf(context.statusCode()))
                .register(metrics)
                .record(Duration.ofNanos((long) (millis * 1_000_000)));
    }

    public void start() {
        javalin.start(config.host(), config.port());
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
