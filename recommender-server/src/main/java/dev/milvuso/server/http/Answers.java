package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.Overloaded;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, refusals included. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int SHORTEST_COMPRESSED = CompressionStrategy.GZIP.getDefaultMinSizeForCompression();

    /** What may be otherwise in a moment. */
    private static final Set<Integer> AGAIN = Set.of(429, 503);

    private Answers() {}

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(bytes(body));
    }

    /** The answer to a GET or POST, without a buffer in between where it is too short to be compressed. */
    static void straight(Context context, byte[] body) {
        if (body.length >= SHORTEST_COMPRESSED) {
            context.result(body);
            return;
        }
        HttpServletResponse response = context.res();
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            LOG.debug("{} {}: the client has gone", context.method(), context.path(), e);
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    /** Answers when the result is there, and holds no thread until then. */
    static <T> void later(Context context, CompletableFuture<T> result, Consumer<T> answer) {
        CompletableFuture<Void> answered = result.thenAccept(answer).exceptionally(failure -> {
            failure(context, failure);
            return null;
        });
        context.future(() -> answered);
    }

    static void failure(Context context, Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            failure(context, failure.getCause());
        } else if (failure instanceof Problem problem) {
            problem(context, problem);
        } else if (failure instanceof Overloaded) {
            problem(context, new Problem(429, String.valueOf(failure.getMessage())));
        } else if (failure instanceof Unavailable away) {
            LOG.debug("{} {} got a 503", context.method(), context.path(), away);
            // Not its message: that one is for an operator, and may name addresses.
            problem(context, new Problem(503, away.dependency() + " does not answer in time: try again in a moment"));
        } else if (failure instanceof HttpResponseException refused) {
            problem(context, refusal(context, refused));
        } else if (failure instanceof HttpException refused) {
            problem(context, new Problem(refused.getCode(), HttpStatus.getMessage(refused.getCode())));
        } else {
            LOG.error("{} {} failed", context.method(), context.path(), failure);
            problem(context, new Problem(500, "the server could not answer; its log says why"));
        }
    }

    private static Problem refusal(Context context, HttpResponseException refused) {
        return switch (refused.getStatus()) {
            case 404 -> nothingHere();
            case 405 -> {
                String allowed = refused.getDetails().getOrDefault("availableMethods", "");
                context.header("Allow", allowed);
                yield Problem.of(
                        405,
                        "method",
                        "must be one of " + allowed + " here, not "
                                + context.method().name());
            }
            default -> new Problem(refused.getStatus(), HttpStatus.getMessage(refused.getStatus()));
        };
    }

    static Problem nothingHere() {
        return Problem.of(404, "path", "leads nowhere; GET /openapi.json lists what there is");
    }

    private static void problem(Context context, Problem problem) {
        if (AGAIN.contains(problem.status())) {
            context.header("Retry-After", "1");
        }
        context.status(problem.status()).result(ProblemJson.bytes(problem)).contentType(ProblemJson.TYPE);
    }
}
