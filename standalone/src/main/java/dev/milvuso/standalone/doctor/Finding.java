package dev.milvuso.standalone.doctor;

/**
 * What one look has shown.
 *
 * @param good whether all is as it should be
 * @param essential whether what was asked for cannot run otherwise
 * @param text what is there; if that is not good, what to do about it
 */
public record Finding(String name, boolean good, boolean essential, String text) {
    static Finding good(String name, String text) {
        return new Finding(name, true, true, text);
    }

    static Finding fault(String name, String text) {
        return new Finding(name, false, true, text);
    }

    static Finding notice(String name, String text) {
        return new Finding(name, false, false, text);
    }
}
