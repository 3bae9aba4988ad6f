package dev.milvuso.vector;

import dev.milvuso.vector.filter.RandomFilters;
import java.util.List;
import java.util.stream.Stream;

/** Texts that have broken somebody's quoting, escaping, patterns or paths. */
public final class HostileTexts {
    private static final List<String> MORE = List.of(
            "\" or tenant == \"theirs",
            "' or tenant == 'theirs",
            "\") or (tenant == \"theirs",
            "a\" or \"1\" == \"1",
            "\\\" or tenant != \\\"",
            "\\\\\" or true or \"\\\\",
            "// or true",
            "# or true",
            "/* or */ true",
            "; drop",
            "&& true",
            "|| true",
            "! a",
            "\u201C or true or \u201D",
            "\uFF02 or true or \uFF02",
            "\u02BC or 1 == 1",
            "\uFF05",
            "\uFF3C",
            "\u2028",
            "\u2029",
            "\uFEFF",
            "a\u200Bb",
            "e\u0301",
            "\u0130",
            "\uFB01",
            "\u0430",
            "\u007F",
            "\u0080",
            "%%",
            "__",
            "%a%",
            "_b",
            "\\\\%",
            "\\_",
            "a\\%b",
            "[a]",
            "a]",
            "][",
            "$.x",
            "$meta[\"x\"]",
            "json[\"x\"]",
            "x\"] == \"a\" or json[\"x",
            "/x",
            "a/b",
            "~1",
            "in",
            "not",
            "and",
            "exists",
            "like",
            "array_contains",
            "tenant",
            "{tenant}",
            ":tenant",
            "?",
            "@x",
            "\"\"",
            "''",
            "``",
            "1 == 1",
            "-9223372036854775808",
            "x".repeat(1000),
            "\\".repeat(999),
            "\"".repeat(500),
            "%".repeat(300),
            "\u65E5".repeat(330));

    /** Each of at most 1,024 bytes in UTF-8; the first is empty. */
    public static final List<String> ALL = Stream.concat(RandomFilters.HOSTILE.stream(), MORE.stream())
            .distinct()
            .toList();

    /** That no text may be. */
    public static final List<String> NOT_WELL_FORMED = List.of("\uD800", "a\uDC00", "\uDE00\uD83D", "\" or \uDBFF");

    private HostileTexts() {}
}
