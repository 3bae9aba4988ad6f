package dev.milvuso.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty itself refuses, before any route is looked for: requests that are not valid HTTP, or too large. */
final class JettyRefusals extends ErrorHandler {
    private static final String PATH = "path";
    private static final String BAD_UTF8 = "Bad UTF-8 encoding";

    private final int maxBodyBytes;
    private final int maxHeaderBytes;

    JettyRefusals(int maxBodyBytes, int maxHeaderBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true; // Jetty leaves the body out for all but GET, POST and HEAD
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        byte[] body = ProblemJson.bytes(problem(code, cause));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        if (cause instanceof HttpException) {
            // Jetty closes the connection, and after a broken first line does not say so: a client would send its next
            // request there.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private Problem problem(int code, @Nullable Throwable cause) {
        return switch (code) {
            case HttpStatus.PAYLOAD_TOO_LARGE_413 ->
                Problem.of(code, Problem.BODY, "is larger than " + maxBodyBytes + " bytes");
            case HttpStatus.URI_TOO_LONG_414 ->
                Problem.of(code, PATH, "is longer than the " + maxHeaderBytes + " bytes for address and headers");
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                Problem.of(code, "headers", "are larger than the " + maxHeaderBytes + " bytes for address and headers");
            case HttpStatus.EXPECTATION_FAILED_417 -> Problem.of(code, "Expect", "must be 100-continue or left out");
            case HttpStatus.NOT_FOUND_404 -> Answers.nothingHere();
            case HttpStatus.BAD_REQUEST_400 -> badRequest(cause);
            default -> new Problem(code, HttpStatus.getMessage(code));
        };
    }

    private static Problem badRequest(@Nullable Throwable cause) {
        // The reason is Jetty's own word for the violation; other failures may hold what is nobody's business.
        String reason = cause instanceof HttpException bad ? bad.getReason() : null;
        if (BAD_UTF8.equals(reason) || isBadPath(reason, cause)) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST_400,
                    PATH,
                    "is broken: a percent sign must begin an encoded byte of UTF-8, none of them NUL, and .. must not lead"
                            + " above the root");
        }
        return Problem.of(
                HttpStatus.BAD_REQUEST_400, "request", "is not valid HTTP" + (reason == null ? "" : ": " + reason));
    }

    /** Jetty has no reason for a path that it cannot parse, only a cause. */
    private static boolean isBadPath(@Nullable String reason, @Nullable Throwable cause) {
        return HttpStatus.getMessage(HttpStatus.BAD_REQUEST_400).equals(reason)
                && cause != null
                && cause.getCause() instanceof IllegalArgumentException;
    }
}
