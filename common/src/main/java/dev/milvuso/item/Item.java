package dev.milvuso.item;

import dev.milvuso.action.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An item of the catalogue.
 *
 * @param tags without repeats, in the site's order
 * @param popularityScore the site's own idea of how popular it is; breaks ties before anybody has acted; finite
 * @param attributes what the site wants to find again, as JSON values by name
 * @param hidden not recommended, but kept
 * @param embedding the site's own content vector
 * @param availableFrom not recommended before; empty: since ever
 * @param availableUntil not recommended from then on; empty: for ever
 */
public record Item(
        ItemId id,
        Optional<String> category,
        List<String> tags,
        double popularityScore,
        Instant createdAt,
        Optional<String> title,
        Optional<String> description,
        Map<String, Object> attributes,
        boolean hidden,
        Optional<float[]> embedding,
        Optional<Instant> availableFrom,
        Optional<Instant> availableUntil) {
    /** @throws IllegalArgumentException if it would end to be available before it begins */
    public Item {
        tags = List.copyOf(tags);
        attributes = Map.copyOf(attributes);
        if (availableFrom.isPresent()
                && availableUntil.isPresent()
                && !availableFrom.get().isBefore(availableUntil.get())) {
            throw new IllegalArgumentException("available_until is not later than available_from");
        }
    }

    /** An item that is available at any time. */
    public Item(
            ItemId id,
            Optional<String> category,
            List<String> tags,
            double popularityScore,
            Instant createdAt,
            Optional<String> title,
            Optional<String> description,
            Map<String, Object> attributes,
            boolean hidden,
            Optional<float[]> embedding) {
        this(
                id,
                category,
                tags,
                popularityScore,
                createdAt,
                title,
                description,
                attributes,
                hidden,
                embedding,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it may be recommended at that time. */
    public boolean isVisible(Instant at) {
        return !hidden
                && availableFrom.map(from -> !at.isBefore(from)).orElse(true)
                && availableUntil.map(at::isBefore).orElse(true);
    }
}
