package dev.milvuso.vector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterParserTest {
    private static final Filter A = Path.of("a").is(1L);
    private static final Filter B = Path.of("b").is(2L);
    private static final Filter C = Path.of("c").is(3L);

    @Test
    void andBindsTighterThanOr() {
        assertThat(FilterParser.parse("a == 1 or b == 2 and c == 3")).isEqualTo(Filter.or(A, Filter.and(B, C)));
        assertThat(FilterParser.parse("a == 1 && b == 2 || c == 3")).isEqualTo(Filter.or(Filter.and(A, B), C));
        assertThat(FilterParser.parse("(a == 1 or b == 2) and c == 3")).isEqualTo(Filter.and(Filter.or(A, B), C));
        assertThat(FilterParser.parse("not (a == 1) and b == 2")).isEqualTo(Filter.and(Filter.not(A), B));
        assertThat(FilterParser.parse("(1 == a and b == 2 or c == 3)")).isEqualTo(Filter.or(Filter.and(A, B), C));
    }

    @Test
    void aComparisonMayBeginWithItsOperand() {
        assertThat(FilterParser.parse("1 < a")).isEqualTo(Path.of("a").above(1L));
        assertThat(FilterParser.parse("'x' == a")).isEqualTo(Path.of("a").is("x"));
        assertThat(FilterParser.parse("1 < a <= 2.5"))
                .isEqualTo(new Filter.Between(Path.of("a"), 1L, false, 2.5, true));
        assertThat(FilterParser.parse("9 >= a > -3")).isEqualTo(new Filter.Between(Path.of("a"), -3L, false, 9L, true));
    }

    @Test
    void keywordsMayBeWrittenInAnyCase() {
        assertThat(FilterParser.parse("a IN [1,2,] AND NOT EXISTS j['k']"))
                .isEqualTo(Filter.and(
                        Path.of("a").isIn(List.of(1, 2)),
                        Filter.not(Path.of("j").key("k").exists())));
        assertThat(FilterParser.parse("a not in [TRUE] or b is not null"))
                .isEqualTo(Filter.or(
                        Path.of("a").isNotIn(List.of(true)), Path.of("b").isNotNull()));
    }

    @Test
    void bothNamesOfAnArrayFunctionMeanTheSame() {
        Filter both = Path.of("j").key("k").containsAll("x", 1);
        assertThat(FilterParser.parse("json_contains_all(j[\"k\"], ['x', 1])")).isEqualTo(both);
        assertThat(FilterParser.parse("ARRAY_CONTAINS_ALL(j[\"k\"], ['x', 1])")).isEqualTo(both);
        assertThat(FilterParser.parse("array_length(a) >= 3"))
                .isEqualTo(new Filter.ArrayLength(Path.of("a"), Filter.Operator.GREATER_OR_EQUAL, 3));
    }

    @Test
    void numbersAreReadAsMilvusReadsThem() {
        assertThat(FilterParser.parse("a == 0x1F")).isEqualTo(Path.of("a").is(31));
        assertThat(FilterParser.parse("a == .5e1")).isEqualTo(Path.of("a").is(5.0));
        assertThat(FilterParser.parse("a == -9223372036854775808"))
                .isEqualTo(Path.of("a").is(Long.MIN_VALUE));
        assertThat(FilterParser.parse("(-9223372036854775807 - 1) <= a <= (1 + 1)"))
                .isEqualTo(Path.of("a").between(Long.MIN_VALUE, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                    | 1  | a condition, such as year >= 1990",
                "a                     | 2  | a comparison",
                "a = 1                 | 3  | no meaning",
                "a == b                | 6  | a text in quotes, a number",
                "a == 1 b              | 8  | 'and', 'or' or the end",
                "(a == 1               | 8  | ')' expected",
                "a in [1 2]            | 9  | ',' expected",
                "a == 'x               | 6  | no closing '",
                "a == \"\\q\"          | 7  | no escape",
                "a == 9223372036854775808 | 6 | beyond 64 bits",
                "a == 1e999            | 6  | too large",
                "a == 007              | 6  | must not begin with 0",
                "a == 12x              | 6  | run into a word",
                "a == '\\ud800'        | 6  | half a character",
                "1 < a > 2             | 7  | direction",
                "a[x] == 1             | 3  | a key in quotes or an index",
                "$meta == 1            | 1  | followed by a key",
                "a + 1 == 2            | 3  | a comparison",
                "array_length(a) == -1 | 20 | compared with 0",
                "a like 1              | 8  | a text in quotes",
                "not                   | 4  | a condition"
            })
    void whatIsWrongIsNamedWithItsPlace(String text, int character, String reason) {
        FilterSyntaxException failure =
                catchThrowableOfType(FilterSyntaxException.class, () -> FilterParser.parse(text));
        assertThat(failure).as(text).isNotNull().hasMessageContaining(reason);
        assertThat(failure.position() + 1).as(text).isEqualTo(character);
    }

    @Test
    void depthAndLengthHaveAnEnd() {
        String deep = "(".repeat(99) + "a == 1" + ")".repeat(99);
        assertThat(FilterParser.parse(deep)).isEqualTo(A);
        for (String deeper :
                List.of("(" + deep + ")", "(".repeat(500_000), "!".repeat(500_000), "not ".repeat(101) + "a == 1")) {
            assertThatThrownBy(() -> FilterParser.parse(deeper))
                    .isInstanceOf(FilterSyntaxException.class)
                    .hasMessageContaining("100 levels");
        }
        assertThatThrownBy(() -> FilterParser.parse(" ".repeat(FilterParser.MAX_LENGTH + 1)))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("at most 1048576");
    }
}
