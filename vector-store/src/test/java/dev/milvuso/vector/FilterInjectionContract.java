package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.PlainRows;
import dev.milvuso.vector.tenant.TenantStore;
import dev.milvuso.vector.tenant.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Hostile texts in every place of every filter find what the evaluator of filters finds, and never another tenant's
 * row. Reads must see what was written before them.
 */
public abstract class FilterInjectionContract extends StoreFixture {
    private static final int LONGEST_KEY = 100;

    /** Calls at once: each waits for the server's clock more than it works. */
    private static final int CALLS = 16;

    private static final String COPY = "copy_of_row";

    private final int together;
    private final int copies;
    private final List<TenantStore> tenants = new ArrayList<>();
    private final List<String> collections = new ArrayList<>();

    /** Every filter in a call of its own, of the rows of all texts. */
    protected FilterInjectionContract() {
        this(HostileTexts.ALL.size(), 1);
    }

    /**
     * For a server that takes its time over a call.
     *
     * @param together how many texts have their rows in one collection
     * @param copies of each row: so many filters go in one call, each of copies of its own
     */
    protected FilterInjectionContract(int together, int copies) {
        super("injection");
        this.together = together;
        this.copies = copies;
    }

    @Override
    protected void cleanUp() {
        for (TenantStore tenant : tenants) {
            tenant.drop(name);
            tenant.close();
        }
        collections.forEach(store()::drop);
        if (can(Feature.DATABASES)) {
            store().databases().stream()
                    .filter(database -> database.contains(name.substring(name.length() - 12)))
                    .forEach(store()::dropDatabase);
        }
    }

    private static CollectionSchema schema(String collection) {
        return CollectionSchema.named(collection)
                .key(KeyField.INTEGER)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field("tenant", Field.Type.TEXT)
                .field(COPY, Field.Type.INTEGER)
                .field("text", Field.Type.TEXT)
                .field("texts", new Field.Type.Array(new Field.Type.Text(65535), 2))
                .field("json", Field.Type.JSON)
                .dynamic()
                .build();
    }

    /** Rows of ours and of theirs for each text, which are equal but for the tenant. */
    private List<Entity> rows(List<String> texts) {
        List<Entity> rows = new ArrayList<>();
        int each = texts.size() * copies;
        for (int i = each - 1; i >= 0; i--) {
            rows.add(row(-1 - i, "theirs", i % copies, texts.get(i / copies)));
        }
        for (int i = 0; i < each; i++) {
            rows.add(row(1 + i, "mine", i % copies, texts.get(i / copies)));
        }
        return rows;
    }

    private static Entity row(long id, String tenant, long copy, String text) {
        Map<String, Object> json = new HashMap<>(Map.of("x", text, "list", List.of("z", text)));
        Map<String, Object> fields = new HashMap<>(Map.of("free", text));
        if (isKey(text)) {
            json.put(text, 1L);
            fields.put(text, 1L);
        }
        fields.putAll(Map.of("tenant", tenant, COPY, copy));
        fields.putAll(Map.of("text", text, "texts", List.of("z", text), "json", json));
        return Entity.of(Id.of(id)).with("vector", Vector.of(1, 0)).withAll(fields);
    }

    /** What may name a field or a place within JSON. */
    private static boolean isKey(String text) {
        boolean taken = List.of("id", "tenant", "$meta").contains(text);
        return !text.isEmpty() && text.length() <= LONGEST_KEY && !taken;
    }

    private static List<Filter> positions(String text) {
        List<Filter> positions = new ArrayList<>();
        for (Path path :
                List.of(Path.of("text"), Path.of("texts").at(1), Path.of("json").key("x"), Path.of("free"))) {
            positions.add(path.is(text));
            positions.add(path.isNot(text));
            positions.add(path.below(text));
            positions.add(path.atMost(text));
            positions.add(path.above(text));
            positions.add(path.atLeast(text));
            positions.add(path.isIn(List.of(text, "nothing")));
            positions.add(path.isNotIn(List.of(text)));
            positions.add(path.between(text, text));
            positions.add(new Filter.Between(path, "", true, text, false));
            positions.add(path.like(text));
            positions.add(path.startsWith(text));
            positions.add(path.endsWith(text));
            positions.add(path.containsText(text));
        }
        for (Path list : List.of(Path.of("texts"), Path.of("json").key("list"))) {
            positions.add(list.containsAny(text, "nothing"));
            positions.add(list.containsAll("z", text));
        }
        if (isKey(text)) {
            keys(text, positions);
        }
        return positions;
    }

    private static void keys(String text, List<Filter> positions) {
        for (Path path :
                List.of(Path.of("json").key(text), Path.of("json").key("deep").key(text), dynamic(text))) {
            positions.add(path.is(1L));
            positions.add(path.isNot("1"));
            positions.add(path.exists());
            positions.add(path.isNull());
            positions.add(path.isNotNull());
            positions.add(path.atMost(text));
            positions.add(path.above(0L));
            positions.add(path.isIn(List.of(1L, text)));
            positions.add(path.between(0L, 2L));
            positions.add(path.startsWith(text));
            positions.add(path.containsAny(text));
            positions.add(path.hasLength(3));
        }
    }

    private static Path dynamic(String text) {
        boolean known = List.of("text", "texts", "json", "vector").contains(text);
        return Path.of(known ? "free" : text);
    }

    @Test
    void everyPlaceOfEveryFilterTakesATextForAText() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        for (int from = 0; from < HostileTexts.ALL.size(); from += together) {
            String collection = name + "_" + from;
            collections.add(collection);
            List<String> texts = HostileTexts.ALL.subList(from, Math.min(HostileTexts.ALL.size(), from + together));
            store().create(schema(collection));
            store().insert(collection, rows(texts));
            assertTakenForTexts(collection, texts, asked, refused);
            assertNothingElseIsSearchedOrDeleted(collection, texts);
        }
        assertThat(refused).hasValueLessThan(asked.get() / 2);
    }

    private void assertTakenForTexts(
            String collection, List<String> texts, AtomicInteger asked, AtomicInteger refused) {
        PlainRows rows = new PlainRows(schema(collection), rows(texts));
        forEach(texts, text -> {
            List<Filter> positions = new ArrayList<>(positions(text));
            // Those that a store may refuse together: what is refused costs no call.
            positions.sort(Comparator.comparing(FilterInjectionContract::isOfSomeStores));
            asked.addAndGet(positions.size());
            for (int i = 0; i < positions.size(); i += copies) {
                List<Filter> several = positions.subList(i, Math.min(positions.size(), i + copies));
                refused.addAndGet(refused(collection, rows, several));
            }
        });
    }

    private static boolean isOfSomeStores(Filter position) {
        return position instanceof Filter.Like || position instanceof Filter.ArrayLength;
    }

    /** Asks all at once, or one by one if that is refused. @return how many were refused */
    private int refused(String collection, PlainRows rows, List<Filter> positions) {
        Filter several = each(positions);
        List<String> found;
        try {
            found = found(collection, several);
        } catch (IllegalArgumentException e) {
            if (positions.size() == 1) {
                assertRefusable(positions.get(0), e);
                return 1;
            }
            return positions.stream()
                    .mapToInt(position -> refused(collection, rows, List.of(position)))
                    .sum();
        }
        assertThat(found).as(FilterText.of(several)).isEqualTo(rows.found(several));
        return 0;
    }

    private void assertNothingElseIsSearchedOrDeleted(String collection, List<String> texts) {
        SearchRequest search = SearchRequest.of(Vector.of(1, 0))
                .filter(Path.of("tenant").is("mine"))
                .filter(Path.of("text").isNot("\" or tenant == \"theirs"))
                .k(texts.size() * copies)
                .build();
        long others = texts.stream()
                .filter(text -> !text.equals("\" or tenant == \"theirs"))
                .count();
        assertThat(store().search(collection, search))
                .hasSize((int) others * copies)
                .allMatch(hit -> !hit.id().startsWith("-"));
        store().deleteWhere(
                        collection,
                        Filter.and(Path.of("tenant").is("mine"), Path.of("text").isIn(HostileTexts.ALL)));
        assertThat(store().count(collection)).isEqualTo((long) texts.size() * copies);
    }

    /** Each filter of a copy of ours, so that what is found says which filter found it. */
    private static Filter each(List<Filter> filters) {
        List<Filter> each = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            each.add(Filter.and(Path.of("tenant").is("mine"), Path.of(COPY).is((long) i), filters.get(i)));
        }
        return Filter.or(each.toArray(Filter[]::new));
    }

    private List<String> found(String collection, Filter filter) {
        return ids(store().query(collection, QueryRequest.where(filter).output(Output.KEY)));
    }

    private static List<String> ids(List<Entity> rows) {
        return rows.stream().map(Entity::id).toList();
    }

    /** Only what a store says it cannot do may it refuse, before a server reads it. */
    private void assertRefusable(Filter position, IllegalArgumentException refusal) {
        boolean pattern = position instanceof Filter.Like && !can(Feature.PATTERN_MATCHES);
        boolean length = position instanceof Filter.ArrayLength && !can(Feature.JSON_ARRAY_LENGTH);
        assertThat(refusal)
                .as(FilterText.of(position))
                .hasMessageStartingWith("filter: ")
                .hasMessageContaining("this Milvus");
        assertThat(pattern || length || !can(Feature.ANY_JSON_KEY))
                .as(FilterText.of(position))
                .isTrue();
    }

    private static <T> void forEach(List<T> all, Consumer<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        try {
            List<Future<?>> running = new ArrayList<>();
            all.forEach(each -> running.add(threads.submit(() -> work.accept(each))));
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsNotWellFormedIsNoOperandAndNoName() {
        for (String text : HostileTexts.NOT_WELL_FORMED) {
            Path path = Path.of("text");
            for (Runnable made : List.<Runnable>of(
                    () -> path.is(text),
                    () -> path.isIn(List.of("a", text)),
                    () -> path.between("a", text),
                    () -> path.like(text),
                    () -> path.startsWith(text),
                    () -> path.containsAny(text),
                    () -> path.containsAll("a", text),
                    () -> Path.of(text),
                    () -> path.key(text))) {
                assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContaining("well-formed text");
            }
        }
    }

    @Test
    void tenantsByFieldSeeTheirRowsAlone() {
        assertApart(Tenants.byField(store()));
    }

    @Test
    void tenantsByCollectionSeeTheirRowsAlone() {
        assertApart(Tenants.byCollection(store()));
    }

    @Test
    void tenantsByDatabaseSeeTheirRowsAlone() {
        if (can(Feature.DATABASES)) {
            assertApart(Tenants.byDatabase(store()));
        } else {
            assertThatThrownBy(() -> Tenants.byDatabase(store())).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private void assertApart(Tenants strategy) {
        String run = name.substring(name.length() - 12);
        TenantStore mine = strategy.tenant(run);
        TenantStore theirs = strategy.tenant(run + "_");
        tenants.addAll(List.of(mine, theirs));
        CollectionSchema schema = CollectionSchema.named(name)
                .key(new KeyField("key", new Field.Type.Text(1100), false))
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field("text", Field.Type.TEXT)
                .build();
        List<Entity> rows = HostileTexts.ALL.stream()
                .map(text -> Entity.of(Id.of("k" + text))
                        .with("vector", Vector.of(1, 0))
                        .with("text", (Object) text))
                .sorted(Comparator.comparing(Entity::id, Texts::compare))
                .toList();
        for (TenantStore tenant : List.of(mine, theirs)) {
            tenant.create(schema);
        }
        mine.upsert(name, rows);
        theirs.upsert(name, List.of(rows.get(0).with("text", (Object) "canary")));
        PlainRows plain = new PlainRows(schema, rows);
        forEach(HostileTexts.ALL, text -> {
            for (Filter filter : List.of(
                    Path.of("text").is(text),
                    Path.of("text").isNot(text),
                    Path.of("text").startsWith(text),
                    Path.of("key").is("k" + text),
                    Path.of("key").isNotIn(List.of("k" + text)),
                    Filter.or(Path.of("key").above(text), Path.of("text").is("canary")))) {
                assertThat(ids(mine.query(name, QueryRequest.where(filter))))
                        .as(FilterText.of(filter))
                        .containsExactlyInAnyOrderElementsOf(plain.found(filter));
            }
        });
        mine.deleteWhere(
                name,
                Filter.or(
                        Path.of("text").isIn(HostileTexts.ALL), Path.of("text").is("canary")));
        assertThat(mine.count(name)).isZero();
        assertThat(theirs.count(name, Path.of("text").is("canary"))).isEqualTo(1);
    }
}
