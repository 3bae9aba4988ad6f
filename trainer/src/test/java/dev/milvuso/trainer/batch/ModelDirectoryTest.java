package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelDirectoryTest {
    @TempDir
    Path parent;

    private ModelDirectory directory;

    @BeforeEach
    void nameThePlace() {
        directory = new ModelDirectory(parent.resolve("model"));
    }

    /** Anna has chosen x and y, Bert y alone; nobody has chosen z. */
    private static TrainedModel model(long seed) {
        FactorModel factors = FactorModel.empty(5, new Sgd(), seed);
        List.of("anna", "bert").forEach(factors.users()::findOrAdd);
        List.of("x", "y", "žluťoučký").forEach(factors.items()::findOrAdd);
        return new TrainedModel(factors, Histories.of(2, 4, new int[] {1, 0, 0, 0}, new int[] {1, 1, 0, 1}));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        directory.write(model(7));
        TrainedModel read = directory.read();
        TrainedModel written = model(7);
        for (int user = 0; user < 2; user++) {
            assertThat(read.factors().users().id(user))
                    .isEqualTo(written.factors().users().id(user));
            assertThat(read.factors().users().vector(user))
                    .isEqualTo(written.factors().users().vector(user));
        }
        for (int item = 0; item < 3; item++) {
            assertThat(read.factors().items().id(item))
                    .isEqualTo(written.factors().items().id(item));
            assertThat(read.factors().items().vector(item))
                    .isEqualTo(written.factors().items().vector(item));
        }
        assertThat(read.histories().offsets()).containsExactly(0, 2, 3);
        assertThat(read.histories().items()).containsExactly(0, 1, 1);
    }

    @Test
    void aModelReplacesAnotherAndLeavesNothingBesideIt() throws IOException {
        directory.write(model(7));
        directory.write(model(8));
        assertThat(directory.read().factors().users().vector(0))
                .isEqualTo(model(8).factors().users().vector(0));
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).containsExactly(directory.path());
        }
    }

    @Test
    void aCrashBetweenTheTwoStepsOfReplacingLeavesTheOldModelAndTheNextWriteTidiesUp() throws IOException {
        directory.write(model(7));
        Path place = directory.path();
        Path aside = place.resolveSibling("." + place.getFileName() + ".new-4711.old");
        Files.move(place, aside);

        assertThat(directory.read().factors().users().vector(0))
                .isEqualTo(model(7).factors().users().vector(0));

        directory.write(model(8));
        assertThat(directory.read().factors().users().vector(0))
                .isEqualTo(model(8).factors().users().vector(0));
        assertThat(aside).doesNotExist();
    }

    @Test
    void aDirectoryOfSomethingElseIsNotOverwritten() throws IOException {
        Files.createDirectory(directory.path());
        Files.writeString(directory.path().resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> directory.write(model(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exists and is not a model directory");
        assertThat(directory.path().resolve("letter.txt")).hasContent("dear");
    }

    @Test
    void whatIsNoModelIsSaidToBeNone() {
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory.path() + " is not a model directory: it has no model.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.f32", "items.f32", "users.ids", "items.ids", "pairs.i32"})
    void oneChangedBitIsFound(String name) throws IOException {
        directory.write(model(7));
        byte[] bytes = Files.readAllBytes(directory.path().resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.path().resolve(name), bytes);
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.f32", "items.f32", "users.ids", "items.ids", "pairs.i32"})
    void aTruncatedOrMissingFileIsNamed(String name) throws IOException {
        directory.write(model(7));
        Path file = directory.path().resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, List.of(new String(bytes, 0, 1, StandardCharsets.ISO_8859_1)));
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("must have " + bytes.length);
        Files.delete(file);
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + " is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"format\": 1}",
                "{\"format\": 1, \"dimension\": 5, \"files\": {}}"
            })
    void aBrokenManifestIsOneSentence(String manifest) throws IOException {
        directory.write(model(7));
        Files.writeString(directory.path().resolve("model.json"), manifest);
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.json")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anotherFormatIsRefusedByItsNumber() throws IOException {
        directory.write(model(7));
        Path manifest = directory.path().resolve("model.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"format\" : 1", "\"format\" : 3"));
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format is 3, must be 1 or 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dimension", "users", "items", "pairs"})
    void aCountThatDoesNotFitTheFilesIsFound(String count) throws IOException {
        directory.write(model(7));
        Path manifest = directory.path().resolve("model.json");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"" + count + "\" : \\d+", "\"" + count + "\" : 4"));
        assertThatThrownBy(directory::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aListLeavesOutWhatTheUserHasAndABadLengthIsRefused() {
        Recommendations list = model(7).recommend("anna", 10);
        assertThat(list.source()).isEqualTo("personal");
        assertThat(list.recommendations())
                .extracting(Recommendations.Entry::itemId)
                .containsExactly("žluťoučký");
        assertThatThrownBy(() -> model(7).recommend("anna", 0)).hasMessage("num is 0: must be at least 1");
    }

    @Test
    void anUnknownUserGetsThePopularItemsAndIsToldSo() {
        Recommendations list = model(7).recommend("carl", 2);
        assertThat(list.source()).isEqualTo("popular");
        assertThat(list.recommendations())
                .containsExactly(new Recommendations.Entry("y", 1, 2), new Recommendations.Entry("x", 2, 1));
    }
}
