package dev.milvuso.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer as it came over the wire, for requests that no client library would send. */
record RawAnswer(int status, String head, String body) {
    /** @param request as it goes over the wire, one byte a character; must ask for the connection to be closed */
    static RawAnswer to(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            return new RawAnswer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
        }
    }

    /** Empty if it is not there. */
    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()))
                .reduce("", (one, other) -> one.isEmpty() ? other : one + ", " + other);
    }
}
