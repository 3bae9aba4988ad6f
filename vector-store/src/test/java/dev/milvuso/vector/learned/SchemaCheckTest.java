package dev.milvuso.vector.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaCheckTest {
    private static final Config CONFIG = config();

    private final SwitchedStore store = new SwitchedStore();
    private final SchemaCheck check = new SchemaCheck(CONFIG, store);

    private static Config config(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
    }

    @Test
    void collectionsThatAreRightOrNotThereYetAreNoFault() {
        check.run();
        assertThatNoException().isThrownBy(() -> check.await(Duration.ZERO));
        LearnedCollections.lasting(CONFIG).forEach(store::create);
        assertThat(store.list()).containsExactly("milvuso_items", "milvuso_users");
        check.run();
        assertThat(check.mismatch()).isEmpty();
    }

    @Test
    void aFieldThatIsOtherwiseIsNamedInOneSentence() {
        Config other = config("milvus.dimension=8", "recommendation.embedding_dim=8");
        store.create(LearnedCollections.schema(other, "milvuso_users"));
        check.run();
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> check.await(Duration.ZERO))
                .withMessageStartingWith("collection milvuso_users is there with another schema: vector field vector")
                .withMessageContaining("milvus.dimension")
                .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
    }

    @Test
    void aStoreThatIsAwayIsLookedAtWhenItComes() {
        store.create(LearnedCollections.schema(config("training.metric=euclidean"), "milvuso_items"));
        store.goAway();
        check.run();
        assertThatNoException().isThrownBy(() -> check.await(Duration.ZERO));
        assertThat(check.mismatch()).isEmpty();
        store.comeBack();
        check.run();
        assertThat(check.mismatch())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("milvuso_items", "euclidean"));
        store.drop("milvuso_items");
        check.run();
        assertThat(check.mismatch()).isEmpty();
    }

    @Test
    void whoeverDoesNotAnswerHoldsUpAStartNoLongerThanItsPatience() {
        assertThatNoException().isThrownBy(() -> check.await(Duration.ofMillis(10)));
    }
}
