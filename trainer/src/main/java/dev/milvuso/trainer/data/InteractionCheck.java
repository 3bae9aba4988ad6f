package dev.milvuso.trainer.data;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether an interaction says something of its action type that can be.
 *
 * @param actions the types there are; empty if any is taken as it is
 */
record InteractionCheck(Optional<ActionTypes> actions) {
    /** MovieLens' newer sets begin at half a star. */
    private static final double LEAST_RATING = 0.5;

    private static final double MOST_RATING = 5;

    /** @throws IllegalArgumentException naming the field and what would be right */
    void check(Interaction interaction) {
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
}
