package dev.milvuso.server.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A rule as JSON, in answers and in its record. */
public final class RuleJson {
    private RuleJson() {}

    public static Map<String, Object> write(Rule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", rule.name());
        body.put("when", write(rule.when()));
        body.put("then", write(rule.then()));
        body.put("priority", rule.priority());
        body.put("enabled", rule.enabled());
        rule.from().ifPresent(time -> body.put("from", time.toString()));
        rule.until().ifPresent(time -> body.put("until", time.toString()));
        body.put("version", rule.version());
        return body;
    }

    private static Map<String, Object> write(When when) {
        Map<String, Object> body = new LinkedHashMap<>();
        when.item().ifPresent(filter -> body.put("item", filter));
        when.contextItem().ifPresent(filter -> body.put("context_item", filter));
        if (!when.users().isEmpty()) {
            body.put("users", when.users().stream().map(UserId::value).sorted().toList());
        }
        when.segment().ifPresent(segment -> body.put("segment", Map.of("from", segment.from(), "to", segment.to())));
        return body;
    }

    private static Map<String, Object> write(Then then) {
        if (then instanceof Then.Pin pin) {
            return Map.of("pin", pin.position());
        }
        if (then instanceof Then.Boost boost) {
            return Map.of("boost", boost.factor());
        }
        if (then instanceof Then.Cap cap) {
            return Map.of("cap", Map.of("most", cap.most(), "per", cap.perCategory() ? "category" : "list"));
        }
        return Map.of(then instanceof Then.Bury ? "bury" : "block", true);
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Rule read(JsonNode body, long version) {
        return new Rule(
                body.path("name").asText(),
                when(body.path("when")),
                then(body.path("then")),
                body.path("priority").asInt(),
                body.path("enabled").asBoolean(true),
                text(body, "from").map(Instant::parse),
                text(body, "until").map(Instant::parse),
                version);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    private static When when(JsonNode node) {
        Set<UserId> users = new HashSet<>();
        node.path("users").forEach(user -> users.add(new UserId(user.asText())));
        return new When(
                text(node, "item"),
                text(node, "context_item"),
                users,
                node.has("segment")
                        ? Optional.of(new When.Segment(
                                node.at("/segment/from").asDouble(),
                                node.at("/segment/to").asDouble()))
                        : Optional.empty());
    }

    private static Then then(JsonNode node) {
        if (node.has("pin")) {
            return new Then.Pin(node.get("pin").asInt());
        }
        if (node.has("boost")) {
            return new Then.Boost(node.get("boost").asDouble());
        }
        if (node.has("cap")) {
            return new Then.Cap(
                    node.at("/cap/most").asInt(), node.at("/cap/per").asText().equals("category"));
        }
        if (node.has("bury")) {
            return new Then.Bury();
        }
        if (node.has("block")) {
            return new Then.Block();
        }
        throw new IllegalArgumentException("a rule without pin, boost, bury, block or cap");
    }
}
