package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.UserId;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.server.rules.Rule;
import dev.milvuso.server.rules.Then;
import dev.milvuso.server.rules.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A rule as it is posted; its {@code version} is the one that it is to replace, 0 if it does not say. */
record RuleBody(ItemFilters filters) {
    private static final int ID = 256;
    private static final int MOST_PRIORITY = 1_000_000;

    /** @param address the name that the address gives, if it does */
    Rule read(Fields fields, Optional<String> address) {
        Optional<String> given = fields.text("name", 128, Rule::checkedName);
        if (given.isPresent() && address.isPresent() && !given.equals(address)) {
            fields.fault("name", "must be " + address.get() + ", as in the address, or be left out");
        }
        if (given.isEmpty() && address.isEmpty()) {
            var unused = fields.neededText("name", 128, Rule::checkedName);
        }
        When when = fields.find("when").map(node -> when(fields, node)).orElse(When.ALWAYS);
        Optional<Then> then = fields.find("then").map(node -> then(fields, node));
        if (then.isEmpty()) {
            fields.fault("then", "is missing: must be an object with one of pin, boost, bury, block and cap");
        }
        int priority = priority(fields);
        boolean enabled = fields.find("enabled").isEmpty() || fields.flag("enabled");
        Optional<Instant> from = fields.time("from");
        Optional<Instant> until = fields.time("until");
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            fields.fault("until", "must be later than from");
        }
        long version = version(fields);
        return new Rule(
                address.or(() -> given).orElseThrow(Fields.Missing::new),
                when,
                then.orElseThrow(Fields.Missing::new),
                priority,
                enabled,
                from,
                until,
                version);
    }

    private static int priority(Fields fields) {
        Optional<JsonNode> node = fields.find("priority");
        if (node.isPresent()
                && (!node.get().isIntegralNumber()
                        || !node.get().canConvertToInt()
                        || Math.abs((long) node.get().intValue()) > MOST_PRIORITY)) {
            fields.fault("priority", "must be a whole number from -" + MOST_PRIORITY + " to " + MOST_PRIORITY);
        }
        return node.map(JsonNode::intValue).orElse(0);
    }

    private static long version(Fields fields) {
        Optional<JsonNode> node = fields.find("version");
        if (node.isPresent()
                && (!node.get().isIntegralNumber()
                        || !node.get().canConvertToLong()
                        || node.get().longValue() < 1)) {
            fields.fault("version", "must be the version that is to be replaced, 1 or more");
        }
        return node.map(JsonNode::longValue).orElse(0L);
    }

    private When when(Fields outer, JsonNode node) {
        Fields fields = outer.within("when", node);
        Optional<String> item = filter(fields, "item");
        Optional<String> context = filter(fields, "context_item");
        Set<UserId> users = QueryBody.texts(fields, "users", When.MOST_USERS, ID, UserId::new);
        Optional<When.Segment> segment =
                fields.find("segment").flatMap(inner -> segment(fields.within("segment", inner)));
        fields.refuseUnknown();
        return new When(item, context, users, segment);
    }

    private Optional<String> filter(Fields fields, String name) {
        return fields.text(name, ItemFilters.LONGEST, text -> {
            try {
                var unused = filters.parse(text);
                return text;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("is no filter: " + Fields.message("filter", e), e);
            }
        });
    }

    private static Optional<When.Segment> segment(Fields fields) {
        double from = fields.number("from").orElse(0);
        double to = fields.number("to").orElse(100);
        fields.refuseUnknown();
        try {
            return Optional.of(new When.Segment(from, to));
        } catch (IllegalArgumentException e) {
            fields.fault("to", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Then then(Fields outer, JsonNode node) {
        Fields fields = outer.within("then", node);
        List<Then> all = new ArrayList<>();
        fields.find("pin").ifPresent(value -> all.add(pin(fields, value)));
        fields.number("boost").ifPresent(factor -> all.add(boost(fields, factor)));
        flag(fields, "bury", new Then.Bury(), all);
        flag(fields, "block", new Then.Block(), all);
        fields.find("cap").ifPresent(value -> all.add(cap(fields.within("cap", value))));
        fields.refuseUnknown();
        if (all.size() != 1) {
            outer.fault("then", "must have just one of pin, boost, bury, block and cap");
        }
        return all.isEmpty() ? new Then.Block() : all.get(0);
    }

    private static void flag(Fields fields, String name, Then then, List<Then> all) {
        if (fields.find(name).isPresent()) {
            if (!fields.flag(name)) {
                fields.fault(name, "must be true, or be left out");
            }
            all.add(then);
        }
    }

    private static Then pin(Fields fields, JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > Then.MOST_POSITION) {
            fields.fault("pin", "must be a position from 1 to " + Then.MOST_POSITION);
            return new Then.Block();
        }
        return new Then.Pin(value.intValue());
    }

    private static Then boost(Fields fields, double factor) {
        try {
            return new Then.Boost(factor);
        } catch (IllegalArgumentException e) {
            fields.fault("boost", String.valueOf(e.getMessage()));
            return new Then.Block();
        }
    }

    private static Then cap(Fields fields) {
        Optional<JsonNode> most = fields.find("most");
        String per = fields.text("per", 16, text -> text).orElse("list");
        fields.refuseUnknown();
        if (!per.equals("list") && !per.equals("category")) {
            fields.fault("per", "must be list or category");
        }
        if (most.isEmpty()
                || !most.get().isIntegralNumber()
                || !most.get().canConvertToInt()
                || most.get().intValue() < 0
                || most.get().intValue() > Then.MOST_POSITION) {
            fields.fault("most", "must be a whole number from 0 to " + Then.MOST_POSITION);
            return new Then.Block();
        }
        return new Then.Cap(most.get().intValue(), per.equals("category"));
    }
}
