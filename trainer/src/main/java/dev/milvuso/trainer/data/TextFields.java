package dev.milvuso.trainer.data;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a line says of an interaction, as text; "" is what it does not say. */
record TextFields(String user, String item, String type, String value, String time) {
    /** Below it a number is seconds since 1970 (until the year 5138), from it on milliseconds (since 1973). */
    private static final double LEAST_MILLIS = 1e11;

    private static final double MOST_MILLIS = 1e14;

    /** @throws IllegalArgumentException naming the field and what would be right */
    Interaction toInteraction() {
        return new Interaction(
                new UserId(user).value(),
                new ItemId(item).value(),
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                value.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(number("value", value, "a number")),
                time.isBlank() ? OptionalLong.empty() : OptionalLong.of(millis(time.strip())));
    }

    private static double number(String name, String text, String right) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + Quoted.of(text) + ", must be " + right, e);
        }
        throw new IllegalArgumentException(name + " is " + Quoted.of(text) + ", must be " + right);
    }

    private static long millis(String text) {
        String right = "ISO 8601 with a zone, or seconds or milliseconds since 1970";
        if (text.indexOf('T') < 0) {
            double number = number("timestamp", text, right);
            if (Math.abs(number) < MOST_MILLIS) {
                return Math.round(Math.abs(number) < LEAST_MILLIS ? number * 1000 : number);
            }
            throw new IllegalArgumentException("timestamp is " + Quoted.of(text) + ", must be " + right);
        }
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("timestamp is " + Quoted.of(text) + ", must be " + right, e);
        }
    }
}
