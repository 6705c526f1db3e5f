package dev.fanfare.apps.web;

/**
 * One thing that can be asked.
 *
 * @param path with a name in braces for each part that varies: {@code /stories/{id}/view}
 */
public record Route(Method method, String path, Access access, Handler handler) {
    /** The methods in use. */
    public enum Method {
        GET,
        POST,
        PATCH,
        DELETE
    }

    public static Route get(String path, Access access, Handler handler) {
        return new Route(Method.GET, path, access, handler);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route(Method.POST, path, access, handler);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route(Method.DELETE, path, access, handler);
    }

    public static Route patch(String path, Access access, Handler handler) {
        return new Route(Method.PATCH, path, access, handler);
    }
}
