package dev.milvuso.vector.milvus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.milvuso.vector.Filter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MilvusExpressionTest {
    @Test
    void quotesBackslashesAndWhatIsNotAsciiAreEscaped() {
        assertEquals(
                "id in [\"a\\\"b\", \"c\\\\\", \"it's\", \"\\u000a\\u0000\", \"\\u00e9\\U0001f600\"]",
                MilvusExpression.idIn(List.of("a\"b", "c\\", "it's", "\n\0", "é😀")));
    }

    @Test
    void aValueCannotLeaveItsQuotes() {
        assertEquals("name == \"\\\" or id != \\\"\"", MilvusExpression.of(Filter.equal("name", "\" or id != \"")));
    }

    @Test
    void partsStandInParentheses() {
        Filter either = new Filter.Or(List.of(Filter.equal("a", 1L), Filter.equal("b", 0.5)));
        assertEquals(
                "((a == 1) or (b == 0.5)) and (not (c == 2))",
                MilvusExpression.of(new Filter.And(List.of(either, new Filter.Not(Filter.equal("c", 2L))))));
    }

    @Test
    void nothingToDemandIsAnEmptyExpression() {
        assertEquals("", MilvusExpression.all(Stream.of()));
        assertEquals("(a == 1) and (b == 2)", MilvusExpression.all(Stream.of("a == 1", "b == 2")));
    }

    @ParameterizedTest
    @CsvSource({
        "LESS, true, flag == false",
        "GREATER, false, flag == true",
        "NOT_EQUAL, true, flag == false",
        "LESS, false, id == \"\"",
        "LESS_OR_EQUAL, true, id != \"\""
    })
    void truthValuesAreComparedForEqualityAlone(Filter.Operator operator, boolean value, String expected) {
        assertEquals(expected, MilvusExpression.of(new Filter.Compare("flag", operator, value)));
    }
}
