package dev.milvuso.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.VectorStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each program prints, on any store. */
abstract class ExamplesContract {
    /** Something that prints. */
    private interface Program {
        void run(VectorStore store, PrintStream out) throws Exception;
    }

    abstract VectorStore open();

    private String printed(Program program) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorStore store = open();
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            program.run(store, out);
            assertThat(store.list()).noneMatch(name -> name.startsWith("example_"));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void basicUse() throws Exception {
        assertThat(printed(BasicUse::run).lines())
                .containsExactly(
                        "4 colours",
                        "tomato is like orange, at 9397.0",
                        "tomato is like red, at 14842.0",
                        "3 is now dark blue",
                        "2 colours are left");
    }

    @Test
    void batchOperations() throws Exception {
        assertThat(printed(BatchOperations::run).lines())
                .containsExactly(
                        "10000 rows",
                        "5000 rows in groups of even numbers",
                        "the nearest of a row is itself: 0",
                        "the nearest of a row is itself: 1",
                        "the nearest of a row is itself: 2",
                        "4995 rows are left");
    }

    @Test
    void collectionManagement() throws Exception {
        assertThat(printed(CollectionManagement::run).lines())
                .startsWith(
                        "partitions: [_default, old]",
                        "collections: [example_books_2], alias [example_books]",
                        "of the 20th century: [dune, ubik]",
                        "3 rows, loaded: true")
                .hasSize(5);
    }

    @Test
    void articlesWithoutALanguageModel() throws Exception {
        assertThat(printed((store, out) -> Articles.run(store, Optional.empty(), out))
                        .lines())
                .containsExactly(
                        "read 3000 times or more: [Probe reaches the asteroid, Bakers return to sourdough,"
                                + " Rocket launch delayed by wind]",
                        "of these in space: [Probe reaches the asteroid, Rocket launch delayed by wind]",
                        "about a rocket in the wind: [Rocket launch delayed by wind]",
                        "about early mornings, in food: [Tea harvest begins early]",
                        "no summary: OPENAI_BASE_URL names no language model");
    }
}
