package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import org.junit.jupiter.api.Test;

/** A server of its own: one that asks who calls, and that goes away. */
final class MilvusCredentialsIT {
    @Test
    void userAndTokenAreAcceptedAndOthersAreNotAndAServerThatGoesAwayIsUnavailable() {
        try (MilvusServer server = MilvusServer.start("--authorization");
                MilvusVectorStore byUser = new MilvusVectorStore(server.config("user=root", "password=Milvus"));
                MilvusVectorStore byToken = new MilvusVectorStore(server.config("token=root:Milvus"))) {
            assertThat(byUser.describe("any")).isEmpty();
            assertThat(byToken.describe("any")).isEmpty();
            refused(server, "user=root", "password=very-secret");
            refused(server, "token=root:very-secret");
            refused(server);

            server.stop();
            assertThat(catchThrowableOfType(Unavailable.class, () -> byUser.describe("any")))
                    .hasMessageContaining(server.uri());
            assertThat(byUser.health()).isInstanceOf(Health.Down.class);
        }
    }

    private static void refused(MilvusServer server, String... settings) {
        try (MilvusVectorStore store = new MilvusVectorStore(server.config(settings))) {
            assertThat(catchThrowableOfType(Unavailable.class, () -> store.describe("any")))
                    .hasMessageContaining(server.uri())
                    .message()
                    .doesNotContain("very-secret");
            assertThat(store.health()).isInstanceOf(Health.Down.class);
        }
    }
}
