package dev.milvuso.server.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** What the headers say of a body: it must be JSON in UTF-8, as it is. */
final class BodyType {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final int QUOTED = 64;

    private BodyType() {}

    /**
     * A body without a {@code Content-Type} is taken for JSON.
     *
     * @throws Problem 415 that names the header
     */
    static void check(Context context) {
        String type = context.contentType();
        if (type != null) {
            checkType(type);
        }
        String encoding = context.header(CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw unsupported(CONTENT_ENCODING, "must be left out: a body is taken as it is, not " + quoted(encoding));
        }
        String transfer = context.header(TRANSFER_ENCODING);
        if (transfer != null && !transfer.strip().equalsIgnoreCase("chunked")) {
            throw unsupported(TRANSFER_ENCODING, "must be chunked or left out, not " + quoted(transfer));
        }
    }

    private static void checkType(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        String media = parts[0].strip();
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw unsupported(CONTENT_TYPE, "must be application/json, not " + quoted(type));
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            if (parameter.startsWith("charset=")
                    && !List.of("charset=utf-8", "charset=utf8").contains(parameter)) {
                throw unsupported(CONTENT_TYPE, "must be application/json; charset=utf-8, not " + quoted(type));
            }
        }
    }

    private static String quoted(String header) {
        return header.length() <= QUOTED ? header : header.substring(0, QUOTED) + "\u2026";
    }

    private static Problem unsupported(String header, String message) {
        return Problem.of(415, header, message);
    }
}
