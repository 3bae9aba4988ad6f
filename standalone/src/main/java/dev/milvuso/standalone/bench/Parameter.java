package dev.milvuso.standalone.bench;

/**
 * An option of a benchmark.
 *
 * @param name without dashes
 * @param label of its value, in the help
 * @param otherwise what counts if it is not given; "" is nothing
 * @param least of a number; above {@code most} for a text
 */
public record Parameter(String name, String label, String otherwise, String description, long least, long most) {
    public static Parameter text(String name, String label, String otherwise, String description) {
        return new Parameter(name, label, otherwise, description, 1, 0);
    }

    /** A whole number of {@code least} to {@code most}. */
    public static Parameter number(String name, long otherwise, String description, long least, long most) {
        return new Parameter(name, "N", String.valueOf(otherwise), description, least, most);
    }

    /** @throws IllegalArgumentException naming the option and what would be right */
    public void check(String value) {
        if (least > most) {
            return;
        }
        boolean whole = value.matches("-?\\d{1,18}");
        if (!whole || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw new IllegalArgumentException("--" + name + " is " + value + ": must be " + least + " to " + most);
        }
    }
}
