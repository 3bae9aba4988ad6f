package dev.milvuso.trainer.plot;

/** An HTML page around figures. */
public final class Page {
    private Page() {}

    /** @param body HTML */
    public static String of(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title>\n<style>body{font-family:sans-serif;max-width:60em;margin:2em auto;color:#333}"
                + "table{border-collapse:collapse;font-size:14px}td,th{padding:3px 10px;text-align:right;"
                + "border-bottom:1px solid #ddd}</style></head>\n<body>\n" + body + "</body></html>\n";
    }

    /** Text that means itself in HTML and SVG. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
