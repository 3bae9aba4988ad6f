package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows found by their words, from the command line: each command opens the folder anew. */
class VectorsTextTest {
    @TempDir
    private Path folder;

    private Path data;

    private Run vectors(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("vectors"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data-dir", data));
        return Run.of(all.toArray());
    }

    @BeforeEach
    void make() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Path schema = Files.writeString(folder.resolve("schema.json"), """
                {"name": "notes", "key": {"type": "int64"}, "fields": [{"name": "body", "type": "text"}],
                 "vectors": [{"name": "words", "type": "sparse"}]}""");
        assertThat(vectors("create", "--schema", schema).exit()).isZero();
    }

    @Test
    void aTextFindsRowsByTheirWords() throws Exception {
        assertThat(vectors("search", "notes", "--text", "fox").exit()).isEqualTo(2);
        assertThat(vectors("bm25", "notes", "--field", "body", "--vector", "words")
                        .exit())
                .isZero();
        Path rows = Files.writeString(folder.resolve("notes.jsonl"), """
                {"id": 1, "body": "Brown bread"}
                {"id": 2, "body": "a fox is a fox"}
                """);
        assertThat(vectors("insert", "notes", rows).exit()).isZero();
        assertThat(vectors("bm25", "notes", "--field", "body", "--vector", "words")
                        .out())
                .isEqualTo("words is made of body: 2 rows, 5 different words\n");
        assertThat(vectors("bm25", "notes", "--json")
                        .json()
                        .at("/bm25/0/documents")
                        .intValue())
                .isEqualTo(2);
        assertThat(vectors("search", "notes", "--text", "FOX", "--json")
                        .json()
                        .at("/results/0/0/key")
                        .intValue())
                .isEqualTo(2);
        Path hybrid = Files.writeString(
                folder.resolve("hybrid.json"),
                "{\"searches\": [{\"text\": \"bread\", \"field\": \"words\"}], \"k\": 1}");
        assertThat(vectors("hybrid", "notes", hybrid, "--json")
                        .json()
                        .at("/hits/0/key")
                        .intValue())
                .isEqualTo(1);
        assertThat(vectors("bm25", "notes", "--field", "body").exit()).isEqualTo(2);
    }
}
