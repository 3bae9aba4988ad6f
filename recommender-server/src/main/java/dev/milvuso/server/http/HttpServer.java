package dev.milvuso.server.http;

import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ServerConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and hands requests to their routes. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** In the words of the JDK, which knows no other way to tell it from an address that is not this machine's. */
    private static final String IN_USE = "Address already in use";

    private static final String TIMES = "times";
    private static final String NO_ROUTE = "none";
    private static final int MAX_HEADER_BYTES = 16384;

    /**
     * How long an answer that is on its way may make no progress. A request, and the rest between two of them, may take
     * the connector's 30 s: with a time of its own for requests Jetty sets the connection's anew twice for each, under
     * a lock.
     */
    private static final Duration STALLED = Duration.ofSeconds(10);

    /** What a client must read of an answer, beyond the first {@link #STALLED}. */
    private static final int LEAST_BYTES_PER_SECOND = 4096;

    private static final Duration STOP = Duration.ofSeconds(5);

    /** An id may hold a slash, a percent sign or a dot; encoded, it is no path. Broken encodings are refused. */
    private static final UriCompliance ID_IN_PATH = UriCompliance.from(EnumSet.of(
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
            UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS));

    /** Others are counted as one: a client may make names up. */
    private static final Set<HandlerType> METHODS = Set.of(
            HandlerType.GET,
            HandlerType.HEAD,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE);

    /** Of requests that led nowhere, by method. */
    private final ConcurrentHashMap<HandlerType, AnswerTimes> elsewhere = new ConcurrentHashMap<>();

    private final AnswerTimes others;
    private final Javalin javalin;
    private final ServerConfig config;
    private final MeterRegistry metrics;

    public HttpServer(ServerConfig config, Routes routes, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        this.others = new AnswerTimes("other", NO_ROUTE, metrics);
        this.javalin = Javalin.create(settings -> configure(settings, routes.all()));
    }

    private void configure(JavalinConfig settings, List<Route> routes) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        settings.http.prefer405over404 = true;
        settings.http.maxRequestSize = config.maxBodyBytes();
        settings.jetty.modifyServer(this::configure);
        settings.jetty.modifyHttpConfiguration(HttpServer::configure);
        settings.jetty.modifyServletContextHandler(context -> {
            context.getServletHandler().setDecodeAmbiguousURIs(true);
            // It is by path, and thrown away under a lock when too many have been seen: every user has one of their
            // own.
            context.getServletHandler().setFilterChainsCached(false);
            context.setErrorHandler(refusals());
            context.setSessionHandler(new NoSessions());
        });
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

    private void configure(Server server) {
        server.setErrorHandler(refusals());
        server.setStopTimeout(STOP.toMillis());
        server.insertHandler(new GracefulHandler());
        server.insertHandler(new WholeAnswer(STALLED, LEAST_BYTES_PER_SECOND));
        EagerContentHandler bodies = new EagerContentHandler(new WholeBody.Factory(config.maxBodyBytes()));
        bodies.exclude(StreamRoutes::isStreamed);
        server.insertHandler(bodies);
    }

    private static void configure(HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setUriCompliance(ID_IN_PATH);
        // A line feed alone ends no line: a proxy in front may see another request than this server does.
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.addCustomizer((request, answer) -> {
            answer.put("X-Content-Type-Options", "nosniff");
            return request;
        });
    }

    private JettyRefusals refusals() {
        return new JettyRefusals(config.maxBodyBytes(), MAX_HEADER_BYTES);
    }

    private void add(JavalinConfig settings, HandlerType method, Route route) {
        AnswerTimes times = new AnswerTimes(method.name(), route.path(), metrics);
        settings.routes.addHttpHandler(method, route.path(), context -> {
            context.attribute(TIMES, times);
            route.handler().handle(context);
        });
    }

    private void measure(Context context, float millis) {
        AnswerTimes times = context.attribute(TIMES);
        (times == null ? elsewhere(context.method()) : times).add(context.statusCode(), (long) (millis * 1e6));
    }

    private AnswerTimes elsewhere(HandlerType method) {
        return METHODS.contains(method)
                ? elsewhere.computeIfAbsent(method, known -> new AnswerTimes(known.name(), NO_ROUTE, metrics))
                : others;
    }

    /**
     * Tries the address, before anything else has been started in vain.
     *
     * @throws ConfigException if nobody can listen there
     */
    public static void requireFree(ServerConfig config) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true); // what has just been closed there is no other program
            trial.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
        } catch (UnknownHostException e) {
            throw new ConfigException("server.host is " + config.host() + ": no such host is known");
        } catch (IOException e) {
            throw new ConfigException(
                    IN_USE.equals(e.getMessage())
                            ? "server.port is " + config.port() + ": another program listens there on " + config.host()
                                    + ", choose another"
                            : "server.host is " + config.host() + " and server.port " + config.port()
                                    + ": nobody can listen there (" + e.getMessage() + ")");
        }
    }

    public void start() {
        javalin.start(config.host(), config.port());
    }

    public int port() {
        return javalin.port();
    }

    /** Takes no more requests and waits a few seconds for those that are being answered. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            LOG.info("requests that did not end within {} s are given up", STOP.toSeconds());
        }
    }
}
