package dev.milvuso.trainer.data;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One line of a file: a user and an item, and what else the format says.
 *
 * @param timestampMillis since 1970
 */
public record Interaction(
        String user, String item, Optional<String> actionType, OptionalDouble value, OptionalLong timestampMillis) {}
