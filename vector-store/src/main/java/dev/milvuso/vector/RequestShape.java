package dev.milvuso.vector;

import java.util.List;
import java.util.stream.Collectors;

/** A request in a line, with no value that anybody searched for. */
public final class RequestShape {
    private RequestShape() {}

    public static String of(SearchRequest request) {
        return request.queries().size() + (request.queries().size() == 1 ? " query" : " queries")
                + ", k " + request.k()
                + (request.offset() > 0 ? ", offset " + request.offset() : "")
                + request.filter().map(filter -> ", filter " + of(filter)).orElse("")
                + (request.exclude().isEmpty() ? "" : ", " + request.exclude().size() + " excluded")
                + request.groupBy().map(field -> ", grouped by " + field).orElse("")
                + (request.range().isPresent() ? ", within a range" : "")
                + (request.partitions().isEmpty()
                        ? ""
                        : ", in " + request.partitions().size() + " partitions");
    }

    static String of(Filter filter) {
        if (filter instanceof Filter.And and) {
            return joined(and.all(), " and ");
        }
        if (filter instanceof Filter.Or or) {
            return joined(or.any(), " or ");
        }
        if (filter instanceof Filter.Not not) {
            return "not " + of(not.filter());
        }
        if (filter instanceof Filter.Compare compare) {
            return name(compare.path()) + " " + sign(compare.operator()) + " ?";
        }
        if (filter instanceof Filter.In in) {
            return name(in.path()) + " in " + in.values().size() + " values";
        }
        if (filter instanceof Filter.Between between) {
            return name(between.path()) + " between ?";
        }
        if (filter instanceof Filter.Like like) {
            return name(like.path()) + " like ?";
        }
        if (filter instanceof Filter.ArrayContains contains) {
            return name(contains.path()) + " contains " + contains.values().size() + " values";
        }
        if (filter instanceof Filter.ArrayLength length) {
            return "length of " + name(length.path()) + " " + sign(length.operator()) + " ?";
        }
        return filter instanceof Filter.Exists exists
                ? name(exists.path()) + " exists"
                : name(((Filter.IsNull) filter).path()) + " is null";
    }

    private static String joined(List<Filter> filters, String word) {
        return filters.stream().map(RequestShape::of).collect(Collectors.joining(word, "(", ")"));
    }

    private static String name(Path path) {
        return path.steps().isEmpty() ? path.field() : path.field() + "[…]";
    }

    private static String sign(Filter.Operator operator) {
        return switch (operator) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }
}
