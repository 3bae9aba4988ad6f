package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.Overloaded;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, refusals included. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(bytes(body));
    }

    private static byte[] bytes(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    static void failure(Context context, Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            failure(context, failure.getCause());
        } else if (failure instanceof Problem problem) {
            problem(context, problem);
        } else if (failure instanceof Overloaded) {
            context.header("Retry-After", "1");
            problem(context, new Problem(429, String.valueOf(failure.getMessage())));
        } else if (failure instanceof Unavailable) {
            context.header("Retry-After", "1");
            problem(context, new Problem(503, String.valueOf(failure.getMessage())));
        } else if (failure instanceof HttpResponseException refused) {
            problem(context, new Problem(refused.getStatus(), HttpStatus.getMessage(refused.getStatus())));
        } else {
            LOG.error("{} {} failed", context.method(), context.path(), failure);
            problem(context, new Problem(500, "the server could not answer; its log says why"));
        }
    }

    private static void problem(Context context, Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", problem.status());
        body.put("title", HttpStatus.getMessage(problem.status()));
        body.put("detail", String.valueOf(problem.getMessage()));
        body.put("errors", problem.faults());
        context.status(problem.status()).result(bytes(body)).contentType("application/problem+json");
    }
}
