package dev.milvuso.vector.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenancyTest {
    private static final List<String> NAMES = List.of("/b", "A", "_", "a", "a_", "a__b", "t_a", "ä 😀");

    @Test
    void tenantsByCollectionAreListedUnderTheirOwnNamesAndDroppedOneByOne() {
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
            for (String strange : List.of("films", "t_", "t__films", "t_a_zz__films", "t___", "x__y")) {
                store.create(new CollectionSchema(strange, 2, Metric.EUCLIDEAN, List.of()));
            }
            for (String name : NAMES) {
                try (VectorStore theirs = Tenancy.COLLECTION.view(store, name)) {
                    theirs.create(new CollectionSchema("_films", 2, Metric.EUCLIDEAN, List.of()));
                    theirs.insert("_films", List.of(new Entity(name, new float[] {1, 2}, Map.of())));
                }
            }
            assertThat(Tenancy.COLLECTION.list(store)).containsExactlyElementsOf(NAMES);
            Tenancy.COLLECTION.drop(store, "a");
            Tenancy.COLLECTION.drop(store, "nobody");
            assertThat(Tenancy.COLLECTION.list(store)).doesNotContain("a").hasSize(NAMES.size() - 1);
            assertThat(store.list()).hasSize(6 + NAMES.size() - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t_", "t__", "t_a_", "t_a_4", "t_a_4G", "t__ff", "t__61", "a", "T_a"})
    void whatIsNoTenantsNameIsNotTakenForOne(String name) {
        assertThat(TenantName.read(name)).isEmpty();
    }

    @Test
    void whatATenantDoesNotHaveIsSaidInASentence() {
        try (VectorStore store = EmbeddedVectorStore.inMemory();
                VectorStore theirs = Tenancy.FIELD.view(store, "a")) {
            assertThatThrownBy(() -> theirs.createAlias("x", "y"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("a tenant does not offer aliases");
            assertThat(theirs.features())
                    .doesNotContainAnyElementsOf(Feature.OF_WHOLE_STORES)
                    .isSubsetOf(store.features());
            assertThatThrownBy(() -> Tenancy.FIELD.list(store)).hasMessageContaining("are not listed");
        }
    }
}
