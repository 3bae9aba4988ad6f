package dev.milvuso.vector.transfer.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a {@code .npy} file begins (NumPy's format 1.0 to 3.0): eight bytes, the header's length in two bytes or four,
 * and a dictionary in Python's words with type, order and shape.
 *
 * @param type such as {@code f4}
 * @param byColumns Fortran's order
 * @param offset of the first number, in bytes
 */
record NumPyHeader(String type, ByteOrder order, boolean byColumns, List<Long> shape, long offset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z]\\d{1,4})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d, ]*)\\)");

    static boolean begins(FileBytes file) {
        if (file.length() < MAGIC.length) {
            return false;
        }
        byte[] begin = new byte[MAGIC.length];
        file.read(0, begin.length).get(begin);
        return Arrays.equals(begin, MAGIC);
    }

    /** @throws IllegalArgumentException naming the file and what is wrong with its header */
    static NumPyHeader read(FileBytes file) {
        int major = file.read(MAGIC.length, 2).get();
        if (major < 1 || major > 3) {
            throw file.wrong("is of version " + major + " of NumPy's format: must be 1 to 3");
        }
        int sizeBytes = major == 1 ? Short.BYTES : Integer.BYTES;
        int start = MAGIC.length + 2 + sizeBytes;
        ByteBuffer size = file.read(MAGIC.length + 2, sizeBytes);
        long length = major == 1 ? Short.toUnsignedInt(size.getShort()) : Integer.toUnsignedLong(size.getInt());
        if (length > LONGEST) {
            throw file.wrong("has a header of " + length + " bytes: must have " + LONGEST + " at most");
        }
        String header =
                StandardCharsets.UTF_8.decode(file.read(start, (int) length)).toString();
        Matcher type = find(file, TYPE, header, "type of number");
        boolean byColumns = find(file, FORTRAN, header, "order").group(1).equals("True");
        List<Long> shape = Arrays.stream(
                        find(file, SHAPE, header, "shape").group(1).split("[, ]+", -1))
                .filter(number -> !number.isEmpty())
                .map(number -> number(file, number))
                .toList();
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumPyHeader(type.group(2), order, byColumns, shape, start + length);
    }

    private static Matcher find(FileBytes file, Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw file.wrong("has no " + what + " in its header that is read: an array of plain numbers is");
        }
        return matcher;
    }

    private static long number(FileBytes file, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw file.wrong("has an impossible shape: " + digits);
        }
    }
}
