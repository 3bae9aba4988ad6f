package dev.milvuso.trainer.data;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads interactions from a file in one of the formats. */
public final class InteractionReader extends RecordReader<Interaction> {
    /** MovieLens' newer sets begin at half a star. */
    private static final double LEAST_RATING = 0.5;

    private static final double MOST_RATING = 5;

    private final DataFormat format;
    private final Optional<ActionTypes> actions;
    private @Nullable LineFormat lines;

    private InteractionReader(Path file, DataFormat format, OnError onError, Optional<ActionTypes> actions) {
        super(file, onError);
        this.format = format;
        this.actions = actions;
    }

    /** Action types are taken as they are. @throws IllegalArgumentException if the file cannot be opened */
    public static InteractionReader open(Path file, DataFormat format, OnError onError) {
        return new InteractionReader(file, format, onError, Optional.empty());
    }

    /**
     * A line with an action type that is not among these is a bad line; so is a rating without a value.
     *
     * @throws IllegalArgumentException if the file cannot be opened
     */
    public static InteractionReader open(Path file, DataFormat format, OnError onError, ActionTypes actions) {
        return new InteractionReader(file, format, onError, Optional.of(actions));
    }

    @Override
    boolean begin(String first) {
        LineFormat.Start start = LineFormat.start(format, first);
        lines = start.lines();
        return start.header();
    }

    @Override
    List<Interaction> parse(String text) {
        if (lines == null) {
            throw new IllegalStateException("a line before the first");
        }
        List<Interaction> parsed = lines.parse(text);
        parsed.forEach(this::check);
        return parsed;
    }

    private void check(Interaction interaction) {
        if (actions.isEmpty() || interaction.actionType().isEmpty()) {
            return;
        }
        String name = interaction.actionType().get();
        ActionType type = actions.get()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("action_type is " + Quoted.of(name)
                        + ", must be one of " + String.join(", ", actions.get().names())));
        if (type.isRating()) {
            checkRating(type, interaction.value());
        }
    }

    private static void checkRating(ActionType type, OptionalDouble rating) {
        if (rating.isEmpty()) {
            throw new IllegalArgumentException("value is missing: " + type.name() + " must have one");
        }
        if (rating.getAsDouble() < LEAST_RATING || rating.getAsDouble() > MOST_RATING) {
            throw new IllegalArgumentException("value is " + rating.getAsDouble() + ": must be " + LEAST_RATING + " to "
                    + MOST_RATING + " for " + type.name());
        }
    }

    @Override
    String decodeForeign(byte[] bytes) {
        throw new IllegalArgumentException("is not UTF-8");
    }
}
