package dev.milvuso.vector.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.migration.MigrationProgress.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What migrations promise on any store. Reads must see what was written before them. */
abstract class MigrationsContract extends StoreFixture {
    private final String alias = name;
    private final CollectionSchema first = CollectionSchema.named(alias)
            .key(KeyField.INTEGER)
            .vector("vector", 2, Metric.EUCLIDEAN)
            .field("year", Field.Type.INTEGER)
            .build();
    private final CollectionSchema second = CollectionSchema.named(alias)
            .key(KeyField.INTEGER)
            .vector("vector", 2, Metric.COSINE)
            .field("decade", Field.Type.TEXT)
            .build();
    private Instant now = Instant.EPOCH;

    MigrationsContract() {
        super("items");
    }

    @Override
    protected void cleanUp() {
        store().dropAlias(alias);
        List.of("", "_v1", "_v2", "_v3").forEach(suffix -> store().drop(alias + suffix));
    }

    private Migrations migrations(Migration... steps) {
        return new Migrations(store(), alias, List.of(steps), () -> now, Duration.ZERO);
    }

    /** Years before 1900 are left out. */
    private static Optional<Entity> decade(Entity row) {
        long year = (Long) row.fields().getOrDefault("year", 0L);
        return year < 1900
                ? Optional.empty()
                : Optional.of(Entity.of(row.key().orElseThrow())
                        .with("vector", Objects.requireNonNull(row.vectors().get("vector")))
                        .with("decade", (Object) (year / 10 * 10 + "s")));
    }

    private Migrations both() {
        return migrations(new Migration(2, second, MigrationsContract::decade), new Migration(1, first));
    }

    private static Entity row(long key, long year) {
        return Entity.of(Id.of(key))
                .with("vector", Vector.of((float) key + 1, 1))
                .with("year", (Object) year);
    }

    private void firstVersion(int rows) {
        migrations(new Migration(1, first)).run(Writers.none(), MigrationProgress.NONE);
        store().insert(
                        alias,
                        LongStream.range(0, rows)
                                .mapToObj(key -> row(key, 1899 + key))
                                .toList());
    }

    private List<Entity> rows(String collection) {
        return store().query(collection, QueryRequest.everything());
    }

    @Test
    void aNewCollectionIsMadeBehindItsAlias() {
        assertThat(migrations(new Migration(1, first)).pending()).containsExactly(1);
        firstVersion(3);
        assertThat(both().current()).contains(1);
        assertThat(both().pending()).containsExactly(2);
        assertThat(rows(alias)).hasSize(3).isEqualTo(rows(alias + "_v1"));
    }

    @Test
    void rowsAreChangedAndTheAliasSwitchedAndTheOldStays() {
        firstVersion(30);
        List<Step> steps = new ArrayList<>();
        assertThat(both().run(Writers.none(), (version, step, rows, all) -> steps.add(step)))
                .isEqualTo(2);
        assertThat(steps.stream().distinct()).containsExactly(Step.COPY, Step.CATCH_UP, Step.VERIFY, Step.SWITCH);
        assertThat(rows(alias)).hasSize(29);
        assertThat(rows(alias).get(0).fields()).containsOnlyKeys("decade").containsEntry("decade", "1900s");
        assertThat(store().describe(alias).orElseThrow().differences(second)).isEmpty();
        assertThat(rows(alias + "_v1")).hasSize(30);
        assertThat(both().run(Writers.none(), MigrationProgress.NONE)).isEqualTo(2);
    }

    @Test
    void theWayBackIsThereUntilItIsDropped() {
        firstVersion(5);
        both().run(Writers.none(), MigrationProgress.NONE);
        assertThat(both().rollback()).isEqualTo(1);
        assertThat(rows(alias)).hasSize(5);
        assertThatIllegalStateException()
                .isThrownBy(() -> both().rollback())
                .withMessage("there is no version of " + alias + " before 1");
        store().deleteKeys(alias, List.of(Id.of(3)));
        both().run(Writers.none(), MigrationProgress.NONE);
        assertThat(rows(alias)).extracting(Entity::id).containsExactly("1", "2", "4");
        both().dropOld();
        assertThat(store().describe(alias + "_v1")).isEmpty();
    }

    @Test
    void whatIsWrittenMeanwhileIsTakenOver() {
        firstVersion(1500);
        AtomicInteger heard = new AtomicInteger();
        List<String> order = new ArrayList<>();
        Writers writers = new Writers() {
            @Override
            public void halt() {
                order.add("halt");
            }

            @Override
            public void goOn() {
                order.add("on as " + store().describe(alias).orElseThrow().name());
            }
        };
        both().run(writers, (version, step, rows, all) -> {
            if (step == Step.COPY && rows == 1499) {
                store().deleteKeys(alias, List.of(Id.of(700)));
                store().upsert(alias, List.of(row(701, 2050), row(-5, 1999), row(702, 1000)));
                heard.incrementAndGet();
            }
        });
        assertThat(heard).hasPositiveValue();
        assertThat(rows(alias)).hasSize(1500 - 1 - 1 + 1 - 1);
        assertThat(store().get(alias, List.of(Id.of(-5), Id.of(701)), Output.ALL))
                .extracting(row -> row.fields().get("decade"))
                .containsExactlyInAnyOrder("1990s", "2050s");
        assertThat(order).containsExactly("halt", "on as " + alias + "_v2");
    }

    @Test
    void oneThatWasCutOffAtAnyStepGoesOn() {
        firstVersion(2500);
        List<Long> copied = new ArrayList<>();
        for (Step cut : Step.values()) {
            assertThatThrownBy(() -> both().run(Writers.none(), (version, step, rows, all) -> {
                        if (step == Step.COPY) {
                            copied.add(rows);
                        }
                        if (step == cut && rows < all && rows != 0) {
                            throw new UncheckedCut();
                        }
                        if (step == cut && cut == Step.SWITCH) {
                            throw new UncheckedCut();
                        }
                    }))
                    .isInstanceOf(UncheckedCut.class);
            assertThat(both().current()).contains(1);
        }
        assertThat(both().run(Writers.none(), MigrationProgress.NONE)).isEqualTo(2);
        assertThat(rows(alias)).hasSize(2499);
        assertThat(copied.subList(0, 4))
                .as("the second run begins where the first was cut off")
                .containsExactly(0L, 999L, 999L, 1999L);
    }

    private static final class UncheckedCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void ofTwoProcessesOneMigrates() {
        firstVersion(1500);
        List<String> refusals = new ArrayList<>();
        both().run(Writers.none(), (version, step, rows, all) -> {
            if (step == Step.COPY) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> both().run(Writers.none(), MigrationProgress.NONE))
                        .satisfies(refusal -> refusals.add(String.valueOf(refusal.getMessage())));
            }
        });
        assertThat(refusals).isNotEmpty().allMatch(refusal -> refusal.contains("is being migrated by"));
    }

    @Test
    void theClaimOfADeadProcessEndsAndADelayedOneStops() {
        firstVersion(1500);
        Claim dead = Claim.take(new Notes(store()), alias, "dead", () -> now, Duration.ZERO);
        assertThatIllegalStateException()
                .isThrownBy(() -> both().run(Writers.none(), MigrationProgress.NONE))
                .withMessageContaining("by dead, whose claim ends at 1970-01-01T00:01:00Z");
        now = now.plus(Claim.LEASE);
        assertThatIllegalStateException().isThrownBy(dead::renew).withMessageContaining("ended");
        assertThat(both().run(Writers.none(), MigrationProgress.NONE)).isEqualTo(2);
        dead.close();
    }

    @Test
    void aCollectionOfThatNameIsAdopted() {
        store().create(first);
        store().insert(alias, List.of(row(1, 1999)));
        assertThatIllegalStateException()
                .isThrownBy(() -> both().run(Writers.none(), MigrationProgress.NONE))
                .withMessageContaining("adopt it");
        both().adopt();
        assertThat(both().run(Writers.none(), MigrationProgress.NONE)).isEqualTo(2);
        assertThat(rows(alias)).hasSize(1);
    }

    @Test
    void aChangeMustKeepTheKeyAndFitTheSchema() {
        firstVersion(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> migrations(new Migration(2, first, row -> Optional.of(row(77, 1))))
                        .run(Writers.none(), MigrationProgress.NONE))
                .withMessageContaining("must keep it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> migrations(new Migration(3, second)).run(Writers.none(), MigrationProgress.NONE))
                .withMessageContaining("decade");
        assertThat(both().current()).contains(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> migrations(new Migration(2, first), new Migration(2, first)))
                .withMessage("version 2 of " + alias + " stands twice");
    }
}
