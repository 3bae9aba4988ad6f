package dev.milvuso.vector.filter;

import dev.milvuso.vector.Texts;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a pattern of like means: % any text, _ any character, \ makes the next one stand for itself. */
public final class LikePattern {
    private final String pattern;

    public LikePattern(String pattern) {
        this.pattern = pattern;
    }

    /** The text that alone it stands for, if it is only one. */
    public Optional<String> text() {
        String start = start();
        return Texts.escapedForLike(start).length() == lengthOfStart() && lengthOfStart() == pattern.length()
                ? Optional.of(start)
                : Optional.empty();
    }

    /** The text with which a text must begin, if no more is demanded. */
    public Optional<String> prefix() {
        int from = lengthOfStart();
        boolean anythingBehind =
                from < pattern.length() && pattern.substring(from).matches("%+");
        return anythingBehind ? Optional.of(start()) : Optional.empty();
    }

    private int lengthOfStart() {
        int at = 0;
        while (at < pattern.length() && pattern.charAt(at) != '%' && pattern.charAt(at) != '_') {
            at += pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 2 : 1;
        }
        return at;
    }

    private String start() {
        StringBuilder start = new StringBuilder();
        for (int at = 0; at < lengthOfStart(); at++) {
            if (pattern.charAt(at) == '\\' && at + 1 < pattern.length()) {
                at++;
            }
            start.append(pattern.charAt(at));
        }
        return start.toString();
    }

    /** A test of whole texts. */
    Predicate<String> test() {
        Optional<String> text = text();
        if (text.isPresent()) {
            return text.get()::equals;
        }
        Optional<String> prefix = prefix();
        if (prefix.isPresent()) {
            return candidate -> candidate.startsWith(prefix.get());
        }
        return regularExpression().asMatchPredicate();
    }

    private Pattern regularExpression() {
        StringBuilder expression = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char next = pattern.charAt(at);
            if (next == '%') {
                expression.append(".*");
            } else if (next == '_') {
                expression.append('.');
            } else {
                if (next == '\\' && at + 1 < pattern.length()) {
                    at++;
                }
                int codePoint = pattern.codePointAt(at);
                at += Character.charCount(codePoint) - 1;
                expression.append(Pattern.quote(Character.toString(codePoint)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
