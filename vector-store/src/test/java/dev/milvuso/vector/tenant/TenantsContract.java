package dev.milvuso.vector.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * One tenant never reads, counts, deletes or overwrites another's rows. Reads must see what was written before them.
 */
abstract class TenantsContract extends StoreFixture {
    /** Names of tenants and ids of rows that try to be another's. */
    private static final List<String> HOSTILE = List.of(
            "a",
            "a_",
            "a__b",
            "a/b",
            "A",
            "%",
            "_",
            "a%",
            "' or '1' == '1",
            "\" or milvuso_tenant != \"",
            "\\",
            "\\\"",
            "../a",
            "a\u0000",
            "ä",
            "😀",
            "t_a");

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<TenantStore> views = new ArrayList<>();

    TenantsContract() {
        super("rows");
    }

    protected abstract Tenants tenants(VectorStore store);

    /** Fewer where each is a database or a collection of a real server. */
    protected List<String> hostileTenants() {
        return List.of("canar", "canary_", "' or \"", "%");
    }

    /** In filters; fewer where each is a call to a real server. */
    protected List<String> hostileTexts() {
        return HOSTILE;
    }

    /** Of a tenant of this test alone. */
    private TenantStore tenant(String tenant) {
        TenantStore view = tenants(store()).tenant(run + tenant);
        views.add(view);
        return view;
    }

    @Override
    protected void cleanUp() {
        views.forEach(view -> {
            view.drop(name);
            view.close();
        });
        store().drop(name);
        if (can(Feature.DATABASES)) {
            store().databases().stream()
                    .filter(database -> database.startsWith("t_" + run))
                    .forEach(store()::dropDatabase);
        }
    }

    private CollectionSchema schema() {
        return CollectionSchema.named(name)
                .key(new KeyField("key", new Field.Type.Text(100), false))
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field("text", Field.Type.TEXT)
                .dynamic()
                .build();
    }

    private static Entity row(String key, String text) {
        return Entity.of(Id.of(key))
                .with("vector", Vector.of(1, 2))
                .withAll(Map.of("text", text, "free", List.of(text)));
    }

    private static List<Filter> filters(String text) {
        Path key = Path.of("key");
        return List.of(
                key.is(text),
                key.isNot(text),
                key.isIn(List.of(text, "canary")),
                key.isNotIn(List.of(text)),
                key.above(text),
                key.below(text),
                key.between("", text),
                key.startsWith(text),
                key.startsWith(""),
                Path.of("text").isNot(text),
                Path.of("free").isNot(text),
                Path.of("milvuso_").isNot(text),
                Filter.or(Path.of("text").is(text), Path.of("text").isNot(text)),
                Filter.not(Path.of("text").is(text)),
                new Filter.And(List.of()),
                Filter.not(new Filter.Or(List.of())));
    }

    @Test
    void whateverOneTenantDoesTheOthersRowsStayAndAreNotSeen() {
        TenantStore canary = tenant("canary");
        canary.create(schema());
        List<Entity> theirs = List.of(row("a", "theirs"), row("canary", "theirs"), row("t_a/a", "theirs"));
        canary.upsert(name, theirs);
        for (String hostile : hostileTenants()) {
            TenantStore tenant = tenant(hostile);
            tenant.create(schema());
            assertThat(tenant.count(name)).isZero();
            List<Entity> mine = HOSTILE.stream().map(text -> row(text, text)).toList();
            tenant.upsert(name, mine);
            tenant.upsert(name, List.of(row("canary", "mine")));
            assertThat(tenant.count(name)).isEqualTo(mine.size() + 1);
            for (String text : hostileTexts()) {
                for (Filter filter : filters(text)) {
                    List<Entity> found = tenant.query(name, QueryRequest.where(filter));
                    assertThat(found)
                            .as("%s", filter)
                            .allMatch(row -> mine.contains(row) || row.equals(row("canary", "mine")));
                    assertThat((long) found.size()).isEqualTo(tenant.count(name, filter));
                }
                assertThat(tenant.get(name, List.of(Id.of(text)), Output.ALL)).containsExactly(row(text, text));
            }
            SearchRequest search = SearchRequest.of(Vector.of(1, 2))
                    .k(100)
                    .output(Output.ALL)
                    .exclude(List.of(Id.of("a")))
                    .build();
            assertThat(tenant.searchAll(name, search).get(0))
                    .hasSize(mine.size())
                    .allSatisfy(hit -> assertThat(hit.fields()).doesNotContainValue("theirs"));
            List<Entity> all = new ArrayList<>();
            tenant.iterate(name, QueryRequest.everything(), 5).forEachRemaining(all::addAll);
            assertThat(all).hasSize(mine.size() + 1).containsAll(mine);
            tenant.deleteKeys(name, List.of(Id.of("a"), Id.of("t_a/a"), Id.of("../a")));
            tenant.deleteWhere(name, Path.of("key").isNot("ä"));
            assertThat(tenant.query(name, QueryRequest.everything())).containsExactly(row("ä", "ä"));
            tenant.truncate(name);
            assertThat(tenant.count(name)).isZero();
            tenant.drop(name);
            assertThat(canary.query(name, QueryRequest.everything())).isEqualTo(theirs);
        }
        // Where a row says whose it is, the collections of other tests that run beside this one are everybody's.
        assertThat(canary.list()).filteredOn(each -> each.contains(name)).containsExactly(name);
        assertThat(canary.describe(name)).contains(schema());
    }

    @Test
    void whoseARowIsIsNotTheTenantsToSay() {
        TenantStore tenant = tenant("a");
        tenant.create(schema());
        tenant.insert(name, List.of(row("1", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.describe("../" + name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.count("another"))
                .withMessageContaining("another");
        assertThatIllegalArgumentException().isThrownBy(() -> tenants(store()).tenant(""));
        assertThatIllegalArgumentException().isThrownBy(() -> tenants(store()).tenant("\ud800"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenants(store()).tenant("/".repeat(100)))
                .withMessageContaining("too long");
    }
}
