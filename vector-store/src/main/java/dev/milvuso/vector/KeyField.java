package dev.milvuso.vector;

/**
 * The field by which a collection's entities are told apart.
 *
 * @param type an {@link Field.Type.Int} of 64 bits or a {@link Field.Type.Text}
 * @param generated whether the store makes the keys, which are integers then
 */
public record KeyField(String name, Field.Type type, boolean generated) {
    public static final KeyField TEXT = new KeyField("id", new Field.Type.Text(512), false);
    public static final KeyField INTEGER = new KeyField("id", Field.Type.INTEGER, false);
    public static final KeyField GENERATED = new KeyField("id", Field.Type.INTEGER, true);

    /** @throws IllegalArgumentException naming what is wrong */
    public KeyField {
        Names.checkedField(name);
        boolean isText = type instanceof Field.Type.Text;
        if (!isText && !type.equals(Field.Type.INTEGER)) {
            throw new IllegalArgumentException(
                    "key " + name + " is of type " + type.label() + ": must be a text or an integer of 64 bits");
        }
        if (generated && isText) {
            throw new IllegalArgumentException("key " + name + " is a text and generated: only integers are generated");
        }
    }

    /** Its name and type, for people. */
    public String label() {
        return name + ", " + type.label() + (generated ? ", generated" : "");
    }

    /** Whether an id is of the kind of this key. */
    public boolean takes(Id id) {
        return id instanceof Id.Text == type instanceof Field.Type.Text;
    }
}
