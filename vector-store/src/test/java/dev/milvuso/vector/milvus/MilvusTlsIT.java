package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS alone. */
final class MilvusTlsIT {
    @TempDir
    Path folder;

    @Test
    void onlyAServerWhoseCertificateIsTrustedIsSpokenTo() throws Exception {
        TlsFiles ours = TlsFiles.in(folder, "server");
        TlsFiles foreign = TlsFiles.in(folder, "foreign");
        try (MilvusServer server = MilvusServer.start(
                "--tls", ours.certificate().toString(), ours.key().toString())) {
            assertThat(answers(server.config("tls_ca=" + ours.certificate()))).isTrue();
            refused(server.config("tls_ca=" + foreign.certificate(), "connect_timeout=2s", "call_timeout=2s"));
            refused(server.config("connect_timeout=2s", "call_timeout=2s"));
            refused(server.config(
                    "uri=" + server.uri().replace("https", "http"), "connect_timeout=2s", "call_timeout=2s"));
        }
    }

    @Test
    void aServerThatAsksForACertificateAnswersItsOwnerAlone() throws Exception {
        TlsFiles ours = TlsFiles.in(folder, "server");
        TlsFiles client = TlsFiles.in(folder, "client");
        TlsFiles foreign = TlsFiles.in(folder, "foreign");
        try (MilvusServer server = MilvusServer.start(
                "--tls",
                ours.certificate().toString(),
                ours.key().toString(),
                client.certificate().toString())) {
            String trusted = "tls_ca=" + ours.certificate();
            assertThat(answers(server.config(
                            trusted, "tls_certificate=" + client.certificate(), "tls_key=" + client.key())))
                    .isTrue();
            refused(server.config(
                    trusted,
                    "tls_certificate=" + foreign.certificate(),
                    "tls_key=" + foreign.key(),
                    "connect_timeout=2s",
                    "call_timeout=2s"));
            refused(server.config(trusted, "connect_timeout=2s", "call_timeout=2s"));
        }
    }

    private static boolean answers(MilvusConfig config) {
        try (MilvusVectorStore store = new MilvusVectorStore(config)) {
            return store.list().isEmpty();
        }
    }

    private static void refused(MilvusConfig config) {
        assertThatThrownBy(() -> answers(config)).isInstanceOf(Unavailable.class);
    }
}
