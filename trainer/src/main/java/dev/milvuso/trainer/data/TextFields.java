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
    private static final String A_TIME = "ISO 8601 with a zone, or seconds or milliseconds since 1970";

    /** @throws IllegalArgumentException naming the field and what would be right */
    Interaction toInteraction() {
        return interaction(user, item, type, value(value), time(time));
    }

    /** @throws IllegalArgumentException naming the field and what would be right */
    static Interaction interaction(String user, String item, String type, OptionalDouble value, OptionalLong millis) {
        return new Interaction(
                new UserId(user).value(),
                new ItemId(item).value(),
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                value,
                millis);
    }

    static OptionalDouble value(String text) {
        return text.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(number("value", text, "a number"));
    }

    static double value(double number) {
        return finite("value", number, Double.toString(number), "a number");
    }

    /** Since 1970. */
    static OptionalLong time(String text) {
        return text.isBlank() ? OptionalLong.empty() : OptionalLong.of(millis(text.strip()));
    }

    private static double number(String name, String text, String right) {
        try {
            return finite(name, Double.parseDouble(text), text, right);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + Quoted.of(text) + ", must be " + right, e);
        }
    }

    private static double finite(String name, double number, String text, String right) {
        if (Double.isFinite(number)) {
            return number;
        }
        throw new IllegalArgumentException(name + " is " + Quoted.of(text) + ", must be " + right);
    }

    private static long millis(String text) {
        if (text.indexOf('T') < 0) {
            return millis(number("timestamp", text, A_TIME), text);
        }
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("timestamp is " + Quoted.of(text) + ", must be " + A_TIME, e);
        }
    }

    /** @param text the number as it stood there, for messages */
    static long millis(double number, String text) {
        if (Math.abs(finite("timestamp", number, text, A_TIME)) < MOST_MILLIS) {
            return Math.round(Math.abs(number) < LEAST_MILLIS ? number * 1000 : number);
        }
        throw new IllegalArgumentException("timestamp is " + Quoted.of(text) + ", must be " + A_TIME);
    }
}
