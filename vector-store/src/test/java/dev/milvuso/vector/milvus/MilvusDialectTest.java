package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MilvusDialectTest {
    private static final MilvusDialect DIALECT = new MilvusDialect(
            CollectionSchema.named("it")
                    .vector("vector", 2, Metric.COSINE)
                    .field("name", Field.Type.TEXT)
                    .field("flag", Field.Type.BOOL)
                    .field("json", Field.Type.JSON)
                    .field("texts", new Field.Type.Array(new Field.Type.Text(9), 5))
                    .dynamic()
                    .build(),
            false);

    @Test
    void quotesBackslashesAndWhatIsNotAsciiAreEscaped() {
        assertEquals(
                "id in [\"a\\\"b\", \"c\\\\\", \"it's\", \"\\u000a\\u0000\", \"\\u00e9\\U0001f600\"]",
                DIALECT.keys(List.of("a\"b", "c\\", "it's", "\n\0", "é😀")));
    }

    @Test
    void aValueCannotLeaveItsQuotes() {
        assertEquals("name == \"\\\" or id != \\\"\"", DIALECT.text(Filter.equal("name", "\" or id != \"")));
    }

    @Test
    void partsStandInParentheses() {
        Filter either = Filter.or(Path.of("a").is(1), Path.of("b").is(0.5));
        assertEquals(
                "((a == 1) or (b == 0.5)) and (not (c == 2))",
                DIALECT.text(Filter.and(either, Filter.not(Path.of("c").is(2)))));
    }

    @ParameterizedTest
    @CsvSource({
        "LESS, true, flag == false",
        "GREATER, false, flag == true",
        "NOT_EQUAL, true, flag == false",
        "LESS, false, id in []",
        "LESS_OR_EQUAL, true, id not in []"
    })
    void truthValuesAreComparedForEqualityAlone(Filter.Operator operator, boolean value, String expected) {
        assertEquals(expected, DIALECT.text(new Filter.Compare("flag", operator, value)));
    }

    @Test
    void whatMilvusTakesOnlyOfOneKindIsTakenApart() {
        Path free = Path.of("json").key("x");
        assertEquals(
                "(json[\"x\"] in [1, 2]) or (json[\"x\"] in [\"1\"])", DIALECT.text(free.isIn(List.of(1, "1", 2))));
        assertEquals("(json[\"x\"] >= 1) and (json[\"x\"] <= 2.5)", DIALECT.text(free.between(1, 2.5)));
    }

    @Test
    void aWholeNumberIsLookedForAmongRealsTooInAnArrayWithinJson() {
        Path free = Path.of("json").key("x");
        assertEquals(
                "array_contains_any(json[\"x\"], [0.0, \"a\", 1.5, 9007199254740993])",
                DIALECT.text(free.containsAny(0, "a", 1.5, (1L << 53) + 1)));
    }

    @Test
    void ofANullNothingIsKnownWhateverItIsComparedWith() {
        CollectionSchema schema = CollectionSchema.named("it")
                .vector("vector", 2, Metric.COSINE)
                .field(new Field("flag", Field.Type.BOOL).orNull())
                .field(new Field("year", Field.Type.INTEGER).orNull())
                .build();
        MilvusDialect dialect = new MilvusDialect(schema, false);
        assertEquals("(year == 0) and (year != 0)", dialect.text(Path.of("year").isIn(List.of())));
        assertEquals(
                "(flag == true) or (flag != true)", dialect.text(Path.of("flag").atMost(true)));
        assertEquals("year is null", dialect.text(Path.of("year").isNull()));
        assertEquals(
                "((year is not null) and (year in [1])) or ((year is null) and (year == 0))",
                new MilvusDialect(schema, true).text(Path.of("year").isIn(List.of(1))));
    }

    @Test
    void prefixesAreRangesWhereAPatternWouldMeanSomethingElse() {
        Path name = Path.of("name");
        assertEquals("name like \"ab%\"", DIALECT.text(name.startsWith("ab")));
        assertEquals("name == \"a%\"", DIALECT.text(name.like("a\\%")));
        assertEquals("\"a_\" <= name < \"a`\"", DIALECT.text(name.startsWith("a_")));
        assertThat(MilvusDialect.successor("a\uD7FF")).contains("a\uE000");
        assertThat(MilvusDialect.successor("a\uDBFF\uDFFF")).contains("b");
        assertThat(MilvusDialect.successor("\uDBFF\uDFFF")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DIALECT.text(name.containsText("ab")))
                .withMessageContaining("beginnings only");
    }

    @Test
    void anArrayIsLongerThanTheElementThatItHas() {
        Path texts = Path.of("texts");
        assertEquals(
                "(texts[2] == \"\") or (texts[2] != \"\")",
                DIALECT.text(new Filter.ArrayLength(texts, Filter.Operator.GREATER, 2)));
        assertEquals("id in []", DIALECT.text(new Filter.ArrayLength(texts, Filter.Operator.GREATER, 5)));
        assertEquals("not (id not in [])", DIALECT.text(new Filter.ArrayLength(texts, Filter.Operator.LESS, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a][b", "a\"b", "it's", "\\", "<", "\n", "\u2028"})
    void aKeyThatMilvusWouldMistakeIsRefused(String key) {
        for (Path path : List.of(Path.of("json").key(key), Path.of(key))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DIALECT.text(path.is(1)))
                    .withMessageContaining("cannot look for the key");
        }
    }
}
