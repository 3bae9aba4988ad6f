package dev.milvuso.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty itself refuses, before any route is looked for: requests that are not valid HTTP, or too large. */
final class JettyRefusals extends ErrorHandler {
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
        byte[] body = ProblemJson.bytes(new Problem(code, detail(code, cause)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private String detail(int code, @Nullable Throwable cause) {
        return switch (code) {
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> "the body is larger than " + maxBodyBytes + " bytes";
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "address and headers are larger than " + maxHeaderBytes + " bytes";
            // The reason is Jetty's own word for the violation; other failures may hold what is nobody's business.
            case HttpStatus.BAD_REQUEST_400 ->
                "the request is not valid HTTP"
                        + (cause instanceof HttpException bad && bad.getReason() != null ? ": " + bad.getReason() : "");
            default -> HttpStatus.getMessage(code);
        };
    }
}
