package dev.milvuso.standalone.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerListsTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int posts;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/users", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI()));
            boolean isFirst = !asked.get(asked.size() - 1).contains("after");
            answer(exchange, 200, isFirst ? "{\"users\":[\"a\",\"b/c\"],\"next\":\"b/c\"}" : "{\"users\":[\"d\"]}");
        });
        server.createContext("/recommendations", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            posts++;
            // At first the server makes one list alone.
            String first = body.contains("\"a\"") ? "a" : body.contains("b/c") ? "b/c" : "d";
            answer(exchange, 200, "{\"results\":[{\"user_id\":\"" + first + "\"}],\"unfinished\":[]}");
        });
        server.start();
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ServerLists lists() {
        return new ServerLists(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), 5);
    }

    @Test
    void everybodyIsAskedForPageByPageAndWhoWasNotServedAgain() throws Exception {
        ServerLists lists = lists();
        List<UserLists.Line> first = lists.next();
        List<UserLists.Line> second = lists.next();

        assertThat(first).extracting(UserLists.Line::user).containsExactly("a", "b/c");
        assertThat(second).extracting(UserLists.Line::user).containsExactly("d");
        assertThat(lists.next()).isEmpty();
        assertThat(asked.get(0)).isEqualTo("/users?limit=100");
        assertThat(asked).contains("/users?limit=100&after=b%2Fc");
        assertThat(posts).isEqualTo(3);
    }

    @Test
    void itGoesOnBehindTheLastUserOfTheFileAndATornLineIsWrittenAnew() throws Exception {
        Path file = folder.resolve("lists.jsonl");
        Files.writeString(file, "{\"user_id\":\"a\"}\n{\"user_id\":\"b/c\"}\n{\"user_id\":\"d");
        try (ListFile out = ListFile.open(file)) {
            assertThat(out.before()).isEqualTo(2);
            assertThat(out.last()).isEqualTo("b/c");
            ServerLists lists = lists();
            lists.skip(out.before(), out.last());
            out.add(lists.next());
        }
        assertThat(Files.readAllLines(file))
                .containsExactly("{\"user_id\":\"a\"}", "{\"user_id\":\"b/c\"}", "{\"user_id\":\"d\"}");
    }

    @Test
    void aFileOfSomethingElseIsLeftAlone() throws Exception {
        Path file = folder.resolve("notes.jsonl");
        Files.writeString(file, "my notes\n");
        assertThatThrownBy(() -> ListFile.open(file)).hasMessageContaining("line 1: is no list of a user");
        assertThat(Files.readString(file)).isEqualTo("my notes\n");
    }
}
