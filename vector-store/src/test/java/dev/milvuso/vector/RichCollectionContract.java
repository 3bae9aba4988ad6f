package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link VectorStore} promises of collections of any schema. Reads must see what was written before them. */
public abstract class RichCollectionContract extends StoreFixture {
    private final List<String> made = new ArrayList<>(List.of(name));

    protected RichCollectionContract() {
        super("rich");
    }

    @Override
    protected void cleanUp() {
        made.stream().map(it -> it + "_alias").forEach(store()::dropAlias);
        made.forEach(store()::drop);
    }

    private CollectionSchema.Builder numbered() {
        return CollectionSchema.named(name).key(KeyField.INTEGER).vector("vector", 2, Metric.EUCLIDEAN);
    }

    private static Entity row(long id, float... vector) {
        return Entity.of(Id.of(id)).with("vector", Vector.of(vector));
    }

    private static List<Entity> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(i, i, 0).with("year", (Object) (long) (i % 10)))
                .toList();
    }

    private void make(int count) {
        store().create(numbered().field("year", Field.Type.INTEGER).build());
        store().insert(name, rows(count));
    }

    private static List<String> ids(List<Entity> entities) {
        return entities.stream().map(Entity::id).toList();
    }

    private Field.Type.Text shortText(int maxBytes) {
        return new Field.Type.Text(can(Feature.SHORT_ARRAY_TEXTS) ? maxBytes : 65535);
    }

    private CollectionSchema everyType() {
        return numbered()
                .key(new KeyField("number", Field.Type.INTEGER, false))
                .field("truth", Field.Type.BOOL)
                .field("tiny", new Field.Type.Int(8))
                .field("small", new Field.Type.Int(16))
                .field("middle", new Field.Type.Int(32))
                .field("large", Field.Type.INTEGER)
                .field("single", new Field.Type.Real(32))
                .field("real", Field.Type.REAL)
                .field("text", new Field.Type.Text(77))
                .field("json", Field.Type.JSON)
                .field("truths", new Field.Type.Array(new Field.Type.Bool(), 3))
                .field("numbers", new Field.Type.Array(new Field.Type.Int(16), 4))
                .field("reals", new Field.Type.Array(new Field.Type.Real(32), 5))
                .field("texts", new Field.Type.Array(shortText(9), 6))
                .dynamic()
                .timeToLive(Duration.ofHours(5))
                .build();
    }

    @Test
    void aSchemaOfEveryTypeIsDescribedAsItWasMade() {
        store().create(everyType());
        assertThat(store().describe(name))
                .hasValueSatisfying(
                        there -> assertThat(there.differences(everyType())).isEmpty());
        assertThat(store().describe(name)).contains(everyType());
        store().create(everyType());
        store().verify(everyType());
    }

    @Test
    void aRowIsNotFoundOnceItsTimeToLiveIsOver() {
        assumeTrue(can(Feature.PROMPT_EXPIRY), "the store has rows until it compacts them");
        store().create(numbered().timeToLive(Duration.ofSeconds(2)).build());
        // A busy machine may take as long to count them as they live: then they come once more.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            store().upsert(name, List.of(row(1, 1, 0), row(2, 2, 0)));
            assertThat(store().count(name)).isEqualTo(2);
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(store().query(name, QueryRequest.everything()))
                        .isEmpty());
        assertThat(store().search(name, SearchRequest.nearest(new float[] {1, 0}, 5)))
                .isEmpty();
        assertThat(store().get(name, List.of(Id.of(1)), Output.ALL)).isEmpty();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            store().upsert(name, List.of(row(3, 1, 0)));
            assertThat(ids(store().query(name, QueryRequest.everything()))).containsExactly("3");
        });
    }

    @Test
    void aPartitionKeyIsRemembered() {
        CollectionSchema schema = numbered()
                .field("tenant", Field.Type.TEXT)
                .partitionKey("tenant")
                .build();
        store().create(schema);
        assertThat(store().describe(name)).contains(schema);
        store().insert(
                        name,
                        List.of(row(1, 1, 0).with("tenant", "a"), row(2, 2, 0).with("tenant", "b")));
        assertThat(ids(store().query(name, QueryRequest.where(Path.of("tenant").is("b")))))
                .containsExactly("2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().createPartition(name, "mine"))
                .withMessageContaining("tenant");
    }

    @Test
    void eachFieldThatDiffersIsNamed() {
        store().create(everyType());
        CollectionSchema asked = CollectionSchema.named(name)
                .key(new KeyField("number", Field.Type.INTEGER, false))
                .vector("vector", 3, Metric.EUCLIDEAN)
                .field("text", new Field.Type.Text(78))
                .field("extra", Field.Type.BOOL)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().verify(asked))
                .withMessageContaining("vector field vector")
                .withMessageContaining("field text")
                .withMessageContaining("field extra is missing")
                .withMessageContaining("field single")
                .withMessageContaining("time to live");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().create(asked))
                .withMessageContaining("another schema");
    }

    @Test
    void valuesOfEveryTypeAreReadBackAsTheyWereWritten() {
        store().create(everyType());
        Entity entity = Entity.of(Id.of(Long.MIN_VALUE))
                .with("vector", Vector.of(0.1f, -3e-8f))
                .withAll(Map.of(
                        "truth",
                        true,
                        "tiny",
                        -128L,
                        "small",
                        32767L,
                        "middle",
                        -2147483648L,
                        "large",
                        Long.MAX_VALUE,
                        "single",
                        0.1f,
                        "real",
                        0.1,
                        "text",
                        "it's \"b\\c\"\n日本😀",
                        "json",
                        Map.of("a", Map.of("b", List.of(1L, 1.0, "x", true)), "big", 1L << 60, "é'<", "&")))
                .withAll(Map.of(
                        "truths", List.of(true, false, true),
                        "numbers", List.of(-1L, 2L),
                        "reals", List.of(0.5f, 0.1f),
                        "texts", List.of("", "ü"),
                        "dynamic one", "free",
                        "another", Map.of("deep", List.of(2.0, Long.MAX_VALUE))));
        store().insert(name, List.of(entity));
        assertThat(store().get(name, List.of(Id.of(Long.MIN_VALUE)), Output.ALL))
                .containsExactly(entity);
        assertThat(store().query(name, QueryRequest.everything())).containsExactly(entity);
    }

    @Test
    void onlyWhatWasAskedForIsGiven() {
        store().create(everyType());
        Entity entity = row(1, 1, 2)
                .withAll(Map.of(
                        "truth", true, "tiny", 1L, "small", 1L, "middle", 1L, "large", 1L, "single", 1f, "real", 1.0,
                        "text", "t", "json", Map.of()))
                .withAll(Map.of(
                        "truths", List.of(), "numbers", List.of(), "reals", List.of(), "texts", List.of(), "free", 7L,
                        "other", 8L));
        store().upsert(name, List.of(entity));
        List<Id> keys = List.of(Id.of(1));
        assertThat(store().get(name, keys, Output.KEY)).containsExactly(Entity.of(Id.of(1)));
        assertThat(store().get(name, keys, Output.of("text", "free")))
                .containsExactly(Entity.of(Id.of(1)).withAll(Map.of("text", "t", "free", 7L)));
        SearchRequest request = SearchRequest.of(Vector.of(1, 2))
                .output(Output.of("vector", "real"))
                .build();
        assertThat(store().search(name, request)).singleElement().satisfies(hit -> {
            assertThat(hit.entity()).contains(row(1, 1, 2).with("real", (Object) 1.0));
            assertThat(hit.score()).isZero();
        });
        assertThat(store().search(
                                name,
                                SearchRequest.of(Vector.of(1, 2))
                                        .output(Output.ALL)
                                        .build())
                        .get(0)
                        .entity())
                .contains(entity);
    }

    @Test
    void generatedKeysAreGivenBackAndFindTheirRows() {
        store().create(numbered()
                .key(KeyField.GENERATED)
                .field("text", Field.Type.TEXT)
                .build());
        List<Entity> entities = IntStream.range(0, 20)
                .mapToObj(
                        i -> Entity.withoutKey().with("vector", Vector.of(i, 1)).with("text", "row " + i))
                .toList();
        List<Id> keys = store().insert(name, entities);
        assertThat(keys).hasSize(20).doesNotHaveDuplicates();
        assertThat(store().get(name, keys.subList(7, 8), Output.of("text")))
                .containsExactly(Entity.of(keys.get(7)).with("text", "row 7"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().insert(name, List.of(row(1, 1, 1).with("text", ""))))
                .withMessageContaining("makes the keys");
        assertThatIllegalArgumentException().isThrownBy(() -> store().upsert(name, entities));
        store().deleteKeys(name, keys.subList(0, 19));
        assertThat(store().count(name)).isEqualTo(1);
    }

    @Test
    void aValueThatDoesNotFitItsTypeIsRefusedAndNamed() {
        store().create(numbered()
                .field("tiny", new Field.Type.Int(8))
                .field("texts", new Field.Type.Array(shortText(2), 2))
                .build());
        Entity good = row(1, 1, 1).withAll(Map.of("tiny", 1L, "texts", List.of()));
        for (Entity wrong : List.of(
                good.with("tiny", (Object) 128L),
                good.with("texts", List.of("a", "b", "c")),
                good.with("texts", List.of("abc".repeat(can(Feature.SHORT_ARRAY_TEXTS) ? 1 : 30_000))),
                good.with("texts", List.of(1L)),
                good.with("unknown", "x"),
                good.with("other", Vector.of(1, 1)),
                good.with("vector", new Vector.Binary(new byte[1])),
                new Entity(Optional.of(Id.of("text")), good.vectors(), good.fields()))) {
            assertThatIllegalArgumentException()
                    .as("%s", wrong)
                    .isThrownBy(() -> store().insert(name, List.of(good, wrong)));
        }
        assertThat(store().count(name)).isZero();
    }

    @Test
    void entitiesAreQueriedByFilterInPages() {
        make(50);
        Filter odd = Path.of("year").isIn(List.of(1, 3));
        assertThat(store().count(name, odd)).isEqualTo(10);
        List<String> all = ids(store().query(name, QueryRequest.where(odd)));
        assertThat(all).containsExactly("1", "3", "11", "13", "21", "23", "31", "33", "41", "43");
        assertThat(ids(store().query(name, QueryRequest.where(odd).page(3, 4)))).isEqualTo(all.subList(3, 7));
        assertThat(ids(store().query(name, QueryRequest.where(odd).page(8, 4)))).isEqualTo(all.subList(8, 10));
        assertThat(store().query(name, QueryRequest.where(odd).page(20, 4))).isEmpty();
        assertThat(store().query(name, QueryRequest.everything().page(0, 7))).hasSize(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        store().query(name, QueryRequest.where(Path.of("none").is(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().query(name, QueryRequest.everything().output(Output.of("none"))));
    }

    @Test
    void anIteratorGivesEachEntityOnce() {
        make(1234);
        List<String> seen = new ArrayList<>();
        Iterator<List<Entity>> batches = store().iterate(
                        name, QueryRequest.where(Path.of("year").isNot(4)).output(Output.KEY), 100);
        while (batches.hasNext()) {
            List<Entity> batch = batches.next();
            assertThat(batch).hasSizeBetween(1, 100);
            seen.addAll(ids(batch));
        }
        assertThat(seen).hasSize(1111).doesNotHaveDuplicates().doesNotContain("4", "1224");
        Iterator<List<Entity>> none =
                store().iterate(name, QueryRequest.where(Path.of("year").is(99)), 10);
        assertThat(none.hasNext()).isFalse();
    }

    @Test
    void whatAFilterFindsIsDeleted() {
        make(30);
        store().deleteWhere(
                        name,
                        Filter.or(Path.of("year").atLeast(3), Path.of("id").is(20)));
        assertThat(ids(store().query(name, QueryRequest.everything())))
                .containsExactly("0", "1", "2", "10", "11", "12", "21", "22");
        store().deleteWhere(name, Path.of("year").is(77));
        assertThat(store().count(name)).isEqualTo(8);
        store().truncate(name);
        assertThat(store().count(name)).isZero();
        store().insert(name, rows(3));
        assertThat(store().count(name)).isEqualTo(3);
    }

    @Test
    void moreRowsThanOneCallTakesAreAllThere() {
        store().create(numbered().field("text", new Field.Type.Text(65535)).build());
        String text = "x".repeat(60_000);
        List<Entity> entities = IntStream.range(0, 400)
                .mapToObj(i -> row(i, i, 0).with("text", text))
                .toList();
        store().insert(name, entities);
        assertThat(store().count(name)).isEqualTo(400);
    }

    @Test
    void aRangeBoundsTheScores() {
        make(20);
        SearchRequest.Builder request = SearchRequest.of(Vector.of(0, 0)).k(100);
        assertThat(store().search(name, request.range(9).build()).stream().map(Hit::id))
                .containsExactly("0", "1", "2");
        assertThat(store().search(name, request.range(16, 4).build()).stream().map(Hit::id))
                .containsExactly("2", "3");
    }

    @Test
    void aSearchLeavesOutItsOffset() {
        make(20);
        SearchRequest.Builder request = SearchRequest.of(Vector.of(0, 0)).k(4);
        assertThat(store().search(name, request.offset(3).build()).stream().map(Hit::id))
                .containsExactly("3", "4", "5", "6");
        assertThat(store().search(name, request.offset(18).build()).stream().map(Hit::id))
                .containsExactly("18", "19");
        assertThat(store().search(name, request.offset(30).build())).isEmpty();
    }

    @Test
    void severalQueriesAreAnsweredInTheirOrder() {
        make(20);
        SearchRequest request = SearchRequest.of(Vector.of(0, 0), Vector.of(19, 0), Vector.of(7.1f, 0))
                .k(2)
                .filter(Path.of("id").isNot(19))
                .build();
        assertThat(store().searchAll(name, request).stream()
                        .map(hits -> hits.stream().map(Hit::id).toList()))
                .containsExactly(List.of("0", "1"), List.of("18", "17"), List.of("7", "8"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().search(name, request));
    }

    @Test
    void scoresAreRounded() {
        store().create(numbered().build());
        store().insert(name, List.of(row(1, 0.123456f, 0)));
        SearchRequest request = SearchRequest.of(Vector.of(0, 0))
                .parameters(SearchParameters.NONE.withRoundDecimals(2))
                .build();
        assertThat(store().search(name, request).get(0).score()).isEqualTo(0.02f, within(1e-7f));
    }

    @Test
    void ofEachGroupTheBestIsFound() {
        make(30);
        SearchRequest request = SearchRequest.of(Vector.of(12, 0))
                .k(3)
                .groupBy("year")
                .output(Output.of("year"))
                .build();
        if (can(Feature.GROUP_BY)) {
            assertThat(store().search(name, request).stream().map(Hit::id)).containsExactly("12", "11", "13");
            assertThat(store().search(
                                    name,
                                    SearchRequest.of(Vector.of(12, 0))
                                            .k(30)
                                            .groupBy("year")
                                            .build()))
                    .hasSize(10);
        } else {
            assertThatThrownBy(() -> store().search(name, request))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("group-by");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().search(
                                name,
                                SearchRequest.of(Vector.of(0, 0))
                                        .groupBy("vector")
                                        .build()));
    }

    /** Milvus 2.3.5 puts what is upserted where another field than the key says, and looks where the key says. */
    @Test
    void whatIsUpsertedIsFoundByItsPartitionKey() {
        store().create(numbered()
                .field("tenant", Field.Type.TEXT)
                .partitionKey("tenant")
                .build());
        for (int round = 0; round < 2; round++) {
            int moved = round;
            store().upsert(
                            name,
                            IntStream.range(0, 20)
                                    .mapToObj(i -> row(i, i, moved).with("tenant", (Object) ("t" + (i + moved) % 7)))
                                    .toList());
            assertThat(store().count(name)).isEqualTo(20);
            for (int tenant = 0; tenant < 7; tenant++) {
                int expected = tenant;
                assertThat(ids(store().query(
                                        name,
                                        QueryRequest.where(Path.of("tenant").is("t" + tenant)))))
                        .containsExactlyElementsOf(IntStream.range(0, 20)
                                .filter(i -> (i + moved) % 7 == expected)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void partitionsKeepRowsApart() {
        make(4);
        store().createPartition(name, "mine");
        store().createPartition(name, "mine");
        store().insert(name, Optional.of("mine"), List.of(row(10, 0.5f, 0).with("year", (Object) 1L)));
        assertThat(store().partitions(name)).containsExactly("_default", "mine");
        assertThat(store().count(name)).isEqualTo(5);
        assertThat(store()
                        .search(
                                name,
                                SearchRequest.of(Vector.of(0, 0))
                                        .partition("mine")
                                        .build())
                        .stream()
                        .map(Hit::id))
                .containsExactly("10");
        assertThat(store().search(name, SearchRequest.of(Vector.of(0, 0)).k(2).build()).stream()
                        .map(Hit::id))
                .containsExactly("0", "10");
        assertThat(ids(store().query(name, QueryRequest.everything().in(Set.of("_default")))))
                .containsExactly("0", "1", "2", "3");
        for (Runnable call : List.<Runnable>of(
                () -> store().search(
                                name,
                                SearchRequest.of(Vector.of(0, 0))
                                        .partition("none")
                                        .build()),
                () -> store().query(name, QueryRequest.everything().in(Set.of("none"))),
                () -> store().insert(name, Optional.of("none"), rows(1)))) {
            assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining("no partition none");
        }
        store().dropPartition(name, "mine");
        store().dropPartition(name, "mine");
        assertThat(store().count(name)).isEqualTo(4);
        assertThat(store().partitions(name)).containsExactly("_default");
    }

    @Test
    void anAliasStandsForACollectionAndMayBeAltered() {
        String other = name + "_other";
        String alias = name + "_alias";
        made.add(other);
        make(3);
        store().create(numbered().field("year", Field.Type.INTEGER).build().renamed(other));
        store().createAlias(alias, name);
        assertThat(store().aliases(name)).containsExactly(alias);
        assertThat(store().count(alias)).isEqualTo(3);
        assertThat(store().describe(alias))
                .hasValueSatisfying(it -> assertThat(it.name()).isEqualTo(name));
        assertThatIllegalArgumentException().isThrownBy(() -> store().createAlias(alias, other));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().drop(name))
                .withMessageContaining(alias);
        store().alterAlias(alias, other);
        assertThat(store().count(alias)).isZero();
        store().upsert(alias, rows(2));
        assertThat(store().get(alias, List.of(Id.of(1)), Output.KEY)).hasSize(1);
        assertThat(store().search(alias, SearchRequest.nearest(new float[] {1, 0}, 1)))
                .extracting(Hit::id)
                .containsExactly("1");
        store().deleteKeys(alias, List.of(Id.of(1)));
        store().deleteWhere(alias, Path.of("year").is(7));
        assertThat(store().count(other)).isEqualTo(1);
        store().dropAlias(alias);
        store().dropAlias(alias);
        assertThat(store().describe(alias)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> store().alterAlias(alias, name));
        assertThat(store().list()).contains(name, other).doesNotContain(alias);
    }

    @Test
    void aCollectionMayBeRenamed() {
        String other = name + "_other";
        made.add(other);
        make(3);
        store().rename(name, other);
        assertThat(store().describe(name)).isEmpty();
        assertThat(store().list()).contains(other).doesNotContain(name);
        assertThat(store().count(other)).isEqualTo(3);
        store().insert(other, List.of(row(9, 1, 1).with("year", (Object) 1L)));
        assertThat(store().count(other)).isEqualTo(4);
        make(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().rename(name, other))
                .withMessageContaining("there already");
    }

    @Test
    void aReleasedCollectionIsReadOnlyOnceItIsLoaded() {
        make(3);
        assertThat(store().statistics(name).rows()).isEqualTo(3);
        assertThat(store().statistics(name).loaded()).isTrue();
        store().release(name);
        assertThat(store().statistics(name).loaded()).isFalse();
        for (Runnable call : List.<Runnable>of(
                () -> store().search(name, SearchRequest.of(Vector.of(0, 0)).build()),
                () -> store().query(name, QueryRequest.everything()),
                () -> store().count(name))) {
            assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining("not loaded");
        }
        store().load(name);
        assertThat(store().count(name)).isEqualTo(3);
    }

    @Test
    void vectorsOfBitsAreComparedBitByBit() {
        CollectionSchema schema = CollectionSchema.named(name)
                .vector("bits", new VectorField.Type.Binary(16, BinaryMetric.HAMMING))
                .build();
        if (!can(Feature.BINARY_VECTORS)) {
            assertThatThrownBy(() -> store().create(schema))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("vectors of bits");
            return;
        }
        store().create(schema);
        Map<String, byte[]> rows =
                Map.of("none", new byte[] {0, 0}, "all", new byte[] {-1, -1}, "half", new byte[] {-1, 0});
        rows.forEach((id, bits) ->
                store().upsert(name, List.of(Entity.of(Id.of(id)).with("bits", new Vector.Binary(bits)))));
        assertThat(store().search(
                                name,
                                SearchRequest.of(new Vector.Binary(new byte[] {-2, 0}))
                                        .build()))
                .containsExactly(new Hit("half", 1), new Hit("none", 7), new Hit("all", 9));
        assertThat(store().get(name, List.of("half")).get(0).vectors())
                .isEqualTo(Map.of("bits", new Vector.Binary(new byte[] {-1, 0})));
    }

    @Test
    void aNullIsKeptAndMatchesOnlyWhoeverAsksForIt() {
        assumeTrue(can(Feature.NULLABLE_FIELDS) && can(Feature.DEFAULT_VALUES), "the store has no nullable fields");
        store().create(numbered()
                .field(new Field("year", Field.Type.INTEGER).orNull())
                .field(new Field("text", Field.Type.TEXT).orElse("none"))
                .build());
        Entity whole = row(1, 1, 0).withAll(Map.of("year", 7L, "text", "mine"));
        store().insert(name, List.of(whole, row(2, 2, 0), row(3, 3, 0).with("year", (Object) 8L)));
        assertThat(store().query(name, QueryRequest.everything()))
                .containsExactly(
                        whole,
                        row(2, 2, 0).with("text", "none"),
                        row(3, 3, 0).withAll(Map.of("year", 8L, "text", "none")));
        assertThat(ids(store().query(name, QueryRequest.where(new Filter.IsNull(Path.of("year"))))))
                .containsExactly("2");
        assertThat(ids(store().query(name, QueryRequest.where(Path.of("year").isNot(7)))))
                .containsExactly("3");
        assertThat(ids(store().query(
                                name,
                                QueryRequest.where(
                                        new Filter.Not(Path.of("year").is(7))))))
                .containsExactly("3");
        assertThat(ids(store().query(name, QueryRequest.where(Path.of("text").is("none")))))
                .containsExactly("2", "3");
    }

    @Test
    void sparseVectorsAreFoundByTheIndicesTheyShareWithTheQuery() {
        assumeTrue(can(Feature.SPARSE_VECTORS), "the store has no sparse vectors");
        store().create(CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("words", new VectorField.Type.Sparse())
                .build());
        List<Entity> entities = List.of(
                Entity.of(Id.of(1))
                        .with("words", new Vector.Sparse(new int[] {1, 2, 1_000_000_000}, new float[] {1, 2, 3})),
                Entity.of(Id.of(2)).with("words", new Vector.Sparse(new int[] {2}, new float[] {0.5f})),
                Entity.of(Id.of(3)).with("words", new Vector.Sparse(new int[] {7}, new float[] {5})));
        store().insert(name, entities);
        assertThat(store().query(name, QueryRequest.everything())).isEqualTo(entities);
        SearchRequest.Builder request =
                SearchRequest.of(new Vector.Sparse(new int[] {2, 9, 1_000_000_000}, new float[] {2, 1, 1}));
        assertThat(store().search(name, request.k(2).build()))
                .containsExactly(new Hit(Id.of(1), 7, Optional.empty()), new Hit(Id.of(2), 1, Optional.empty()));
        assertThat(store().search(name, request.k(10).build()).stream().map(Hit::id))
                .containsExactly("1", "2");
    }

    @Test
    void aStoreThatLoadsCollectionsAsAWholeSaysSo() {
        make(3);
        store().createPartition(name, "mine");
        if (can(Feature.PARTITION_LOADING)) {
            store().releasePartition(name, "mine");
            store().loadPartition(name, "mine");
        } else {
            for (Runnable call : List.<Runnable>of(
                    () -> store().loadPartition(name, "mine"), () -> store().releasePartition(name, "mine"))) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining(Feature.PARTITION_LOADING.what());
            }
        }
        assertThat(store().count(name)).isEqualTo(3);
    }

    @Test
    void whatTheStoreCannotDoItSays() {
        Map<Feature, CollectionSchema> needs = Map.of(
                Feature.SPARSE_VECTORS,
                CollectionSchema.named(name)
                        .vector("vector", new VectorField.Type.Sparse())
                        .build(),
                Feature.SEVERAL_VECTORS,
                numbered().vector("second", 3, Metric.COSINE).build(),
                Feature.NULLABLE_FIELDS,
                numbered().field(new Field("text", Field.Type.TEXT).orNull()).build(),
                Feature.DEFAULT_VALUES,
                numbered()
                        .field(new Field("text", Field.Type.TEXT).orElse("none"))
                        .build(),
                Feature.MANHATTAN,
                CollectionSchema.named(name)
                        .vector("vector", 2, Metric.MANHATTAN)
                        .build(),
                Feature.HALF_PRECISION_VECTORS,
                CollectionSchema.named(name)
                        .vector("vector", new VectorField.Type.Dense(2, VectorField.Precision.FLOAT16, Metric.COSINE))
                        .build());
        needs.forEach((feature, schema) -> {
            if (can(feature)) {
                store().create(schema);
                assertThat(store().describe(name)).contains(schema);
                store().drop(name);
            } else {
                assertThatThrownBy(() -> store().create(schema))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining(feature.what());
                assertThat(store().describe(name)).isEmpty();
            }
        });
    }
}
