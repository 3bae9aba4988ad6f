package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.embedded.column.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys against a plain map. */
final class KeysTest {
    private static final int SLOTS = 3000;

    static Stream<Arguments> kinds() {
        IntFunction<Id> numbers = i -> Id.of(i * 0x1_0000_0000L - 7);
        IntFunction<Id> texts = i -> Id.of("é" + "x".repeat(i % 1000) + i);
        IntFunction<Id> longest =
                i -> Id.of(i + "x".repeat(65_530 - Integer.toString(i).length()));
        return Stream.of(
                Arguments.of("numbers", Field.Type.INTEGER, numbers, 100_000),
                Arguments.of("texts", Field.Type.TEXT, texts, 100_000),
                Arguments.of("long texts", new Field.Type.Text(65_535), longest, 3_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void keysAreFoundWhereTheyWerePutHoweverManyComeAndGo(
            String kind, Field.Type type, IntFunction<Id> key, int steps) {
        Random random = new Random(3);
        Keys keys = Keys.of(type);
        Map<Integer, Integer> model = new HashMap<>();
        Map<Integer, Integer> bySlot = new HashMap<>();
        for (int step = 0; step < steps; step++) {
            int slot = random.nextInt(SLOTS);
            Integer number = bySlot.remove(slot);
            if (number != null) {
                model.remove(number);
                keys.remove(slot);
            } else if (!model.containsKey(step % 5000)) {
                model.put(step % 5000, slot);
                bySlot.put(slot, step % 5000);
                keys.put(slot, key.apply(step % 5000));
            }
        }
        assertThat(keys.count()).isEqualTo(model.size());
        for (int number = 0; number < 5000; number++) {
            assertThat(keys.slot(key.apply(number))).isEqualTo(model.getOrDefault(number, -1));
        }
        List<Id> all = IntStream.range(0, 5000).mapToObj(key).toList();
        assertThat(keys.slots(all))
                .containsExactly(IntStream.range(0, 5000)
                        .map(number -> model.getOrDefault(number, -1))
                        .toArray());
        assertThat(keys.slots(List.of())).isEmpty();
        bySlot.forEach((slot, number) -> assertThat(keys.at(slot)).isEqualTo(key.apply(number)));
    }
}
