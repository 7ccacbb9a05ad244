// A day, or a day with a time: the browser's own fields for both, for a day alone means something else.

const SHOWN = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/;

/** Return the widget; both functions are given by Decap CMS. */
export function momentWidget({ h, createClass }) {
  return createClass({
    tell(day, clock) {
      this.props.onChange(day && clock ? `${day} ${clock}` : day);
    },

    render() {
      const { value, forID: id, field, classNameWrapper: className, setActiveStyle, setInactiveStyle } = this.props;
      const shared = { onFocus: setActiveStyle, onBlur: setInactiveStyle };
      const [whole, day = "", clock = ""] = SHOWN.exec(value ?? "") ?? [];
      if (value && !whole) {
        // With seconds, or in another time zone: as it is written.
        return h("input", { ...shared, id, className, value, onChange: ({ target }) => this.tell(target.value) });
      }
      const choice = { ...shared, id, type: "date", value: day, onChange: ({ target }) => this.tell(target.value, clock) };
      const time = {
        ...shared,
        type: "time",
        value: clock,
        disabled: !day,
        "aria-label": `${field.get("label")}: Uhrzeit`,
        onChange: ({ target }) => this.tell(day, target.value),
      };
      return h("div", { className: `${className} moment` }, h("input", choice), field.get("time") && h("input", time));
    },
  });
}
