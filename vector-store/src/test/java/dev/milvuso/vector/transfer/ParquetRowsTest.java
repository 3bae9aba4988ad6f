package dev.milvuso.vector.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.transfer.parquet.ParquetFile;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Parquet that come from somewhere, whole, damaged and made up. */
final class ParquetRowsTest {
    private static final CollectionSchema FILMS = CollectionSchema.named("films")
            .vector("vector", 3, Metric.EUCLIDEAN)
            .field("years", new Field.Type.Array(new Field.Type.Int(32), 2))
            .dynamic()
            .build();

    private final VectorStore store = EmbeddedVectorStore.inMemory();

    @TempDir
    Path directory = Path.of("");

    private static Entity film(int number) {
        return Entity.of(Id.of("k%05d".formatted(number)))
                .with("vector", Vector.of(number, 1, 2))
                .with("years", (Object) List.of(1999L));
    }

    private void fill(int count) {
        store.create(FILMS);
        store.insert(
                "films",
                IntStream.range(0, count).mapToObj(ParquetRowsTest::film).toList());
    }

    private byte[] whole() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ParquetStream(new StoreRows(store, "films")).write(Mark.START, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Metadata as of a whole export, or changed. */
    private static Map<String, String> said(int rows, UnaryOperator<String> change) {
        VectorStore empty = EmbeddedVectorStore.inMemory();
        empty.create(FILMS);
        String head = new String(new RowStream(new StoreRows(empty, "films")).head(), StandardCharsets.UTF_8);
        Map<String, String> said = new HashMap<>();
        said.put("milvuso.collection", change.apply(head));
        said.put("milvuso.rows", rows == 0 ? "[]" : "[[\"_default\"," + rows + "]]");
        return said;
    }

    private static byte[] made(CollectionSchema schema, Map<String, String> said, List<Entity> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PartOutput file = ParquetFile.write(schema, out, () -> said)) {
            for (Entity row : rows) {
                file.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private long read(byte[] bytes) {
        Path file = directory.resolve("file");
        try {
            Files.write(file, bytes);
            try (FileChannel channel = FileChannel.open(file)) {
                return new CollectionCopy(
                                new ParquetRows("the body", ParquetFile.open("the body", channel)), store, "other")
                        .run(Bookmark.none(), Progress.NONE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(byte[] bytes, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(bytes))
                .withMessageStartingWith("the body ")
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
    }

    @Test
    void aFileIsRefusedBeforeARowIsWrittenWhereverItIsCutOff() {
        fill(1200);
        byte[] whole = whole();
        for (int length : new int[] {0, 3, 11, 12, whole.length / 2, whole.length - 1}) {
            refused(Arrays.copyOf(whole, length), "is no Parquet file, or was cut off");
        }
        byte[] middle = Arrays.copyOf(whole, whole.length - 2000);
        System.arraycopy(whole, whole.length - 2000 + 1000, middle, middle.length - 1000, 1000);
        assertThatIllegalArgumentException().isThrownBy(() -> read(middle));
        assertThat(store.describe("other")).isEmpty();
        assertThat(read(whole)).isEqualTo(1200);
        assertThat(store.query("other", QueryRequest.everything()))
                .isEqualTo(store.query("films", QueryRequest.everything()));
    }

    @Test
    void whicheverByteIsFlippedTheRowsAreThoseOrItIsRefusedInOneSentence() {
        fill(30);
        byte[] whole = whole();
        Random random = new Random(11);
        for (int i = 0; i < 600; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(read(flipped)).isEqualTo(30);
            } catch (IllegalArgumentException e) {
                assertThat(e).message().hasLineCount(1);
            } catch (UnsupportedOperationException e) {
                // The metadata asks for what the store has not.
                assertThat(e).message().hasLineCount(1);
            }
            store.drop("other");
        }
    }

    @Test
    void whatTheMetadataSayMustBeSo() {
        refused(made(FILMS, Map.of(), List.of(film(1))), "is no collection's: milvuso.collection is missing");
        refused(
                made(FILMS, said(1, head -> "{}"), List.of(film(1))),
                "is no collection's: milvuso.collection: /version");
        refused(made(FILMS, said(2, head -> head), List.of(film(1))), "has 1 rows and says that it has 2");
        refused(
                made(FILMS, said(1, head -> head.replace("_default", "another")), List.of(film(1))),
                "has rows of a partition _default that its collection has not");
        refused(
                made(FILMS, said(1, head -> head.replace("years", "other")), List.of(film(1))),
                "is no collection's: the columns are message milvuso");
        assertThat(store.describe("other")).isEmpty();
        assertThat(read(made(FILMS, said(0, head -> head), List.of()))).isZero();
    }

    @Test
    void aRowIsRefusedByItsNumberAndNeverLargerInMemoryThanItsSchemaAllows() {
        CollectionSchema wide = CollectionSchema.named("films")
                .vector("vector", 32_768, Metric.EUCLIDEAN)
                .field("years", new Field.Type.Array(new Field.Type.Int(32), 4096))
                .dynamic()
                .build();
        Entity much = Entity.of(Id.of("k1")).with("vector", Vector.of(new float[32_768]));
        refused(made(wide, said(2, head -> head), List.of(film(0), much)), "row 2: vector has more than 3 numbers");
        Entity years = film(1).with("years", (Object) List.of(1L, 2L, 3L));
        refused(made(wide, said(1, head -> head), List.of(years)), "row 1: years has more than 2 elements");
    }

    @Test
    void aPageThatWouldTakeFarTooMuchIsNotReadAtAll() {
        Entity bomb = film(1).with("text", (Object) "x".repeat(65 << 20));
        byte[] small = made(FILMS, said(1, head -> head), List.of(bomb));
        assertThat(small.length).isLessThan(1 << 20);
        refused(small, "has a page of ");
        assertThat(store.describe("other")).isEmpty();
    }

    @Test
    void aFooterOfAnyLengthIsNotReadAtAll() {
        byte[] bytes = new byte[100];
        ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int length : new int[] {-1, 89, Integer.MAX_VALUE}) {
            end.putInt(92, length).put(96, "PAR1".getBytes(StandardCharsets.UTF_8));
            refused(bytes, "is damaged: its last part is said to have " + length + " bytes");
        }
    }

    @Test
    void whatCouldNotBeReadToItsEndIsNoWholeFile() {
        fill(2500);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatIllegalStateException()
                .isThrownBy(() -> new ParquetStream(new CutOff(new StoreRows(store, "films"))).write(Mark.START, out));
        refused(out.toByteArray(), "is no Parquet file, or was cut off");
    }

    /** The store goes away behind the first batch. */
    private record CutOff(RowSource all) implements RowSource {
        @Override
        public CollectionSchema schema() {
            return all.schema();
        }

        @Override
        public List<String> partitions() {
            return all.partitions();
        }

        @Override
        public long count() {
            return all.count();
        }

        @Override
        public Rows behind(Mark mark) {
            Rows rows = all.behind(mark);
            return new Rows() {
                private boolean isCut;

                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public RowBatch next() {
                    if (isCut) {
                        throw new IllegalStateException("the store is away");
                    }
                    isCut = true;
                    return rows.next();
                }
            };
        }
    }
}
